using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;
using DistNet.TestKit;

namespace DistNet.Simulation.Tests;

/// <summary>The real network, simulated under faults, against the in-process host on threads.</summary>
public sealed class RealNetworkTests
{
    private const int Rows = 40;
    private const int Features = 6;

    private static readonly DataSet Data = DrawnData.Of(Rows, Features);

    [Theory]
    [InlineData(1, OptimizerKind.Sgd, null)]
    [InlineData(3, OptimizerKind.Adam, null)]
    [InlineData(4, OptimizerKind.Momentum, 0.2f)]
    [InlineData(12, OptimizerKind.AdamW, null)]
    public void Every_schedule_ends_at_the_hash_of_the_in_process_host(int lanes, OptimizerKind optimizer, float? clipNorm)
    {
        var inProcess = InProcessHash(Plan(lanes, servers: 1, optimizer, clipNorm), workers: 2);
        InProcessHash(Plan(lanes, servers: 3, optimizer, clipNorm), workers: 1).ShouldBe(inProcess);
        for (ulong seed = 1; seed <= 25; seed++)
        {
            var calm = Schedule.Calm("bsp", seed);
            var plan = Plan(lanes, calm.Plan.Map.Partitions.Length, optimizer, clipNorm);
            var schedule = (calm with { Plan = plan }).WithFaults(RunRecord.Of(calm));
            using var host = new SimulationHost(new ClusterBlueprint(plan, schedule.Workers, () => new NodeRunner(plan)), schedule.Options);
            var result = host.Run();
            result.Failure.ShouldBeNull($"seed {seed}");
            result.WeightsSha256.ShouldBe(inProcess, $"seed {seed}");
            result.LeakedTensors.ShouldBe(0, $"seed {seed}");
        }
    }

    private static RunPlan Plan(int lanes, int servers, OptimizerKind optimizer, float? clipNorm) => new(
        new NetworkSpec(Features, [new DenseSpec(60, Activation.Relu), new DenseSpec(40, Activation.Tanh), new DenseSpec(3, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(Rows, batchSize: 9, lanes, seed: 5, shuffle: true),
        lanes,
        servers)
    {
        Seed = 5,
        Initializer = InitializerKind.He,
        Optimizer = new OptimizerSpec(optimizer),
        LearningRate = new LearningRateSpec(0.01f),
        Penalty = new PenaltySpec(L2: 0.001f),
        Clipping = new ClippingSpec(Norm: clipNorm),
        Epochs = 3,
        TestSamples = Rows,
        Cuts = new CutPolicy(true, EverySteps: 4, TimeSpan.Zero),
    };

    private static string InProcessHash(RunPlan plan, int workers)
    {
        var run = InProcessRun.Of(plan, Data, workers, threads: 2);
        run.TensorsOutstanding.ShouldBe(0);
        return run.WeightsSha256.ShouldNotBeNull();
    }

    /// <summary>A simulated node computes alone, as a process of its own would; its lanes may become all lanes.</summary>
    private sealed class NodeRunner : IWorkRunner
    {
        private readonly NetworkRunners _runners;
        private readonly IWorkRunner _runner;

        public NodeRunner(RunPlan plan)
        {
            _runners = new NetworkRunners(plan, Data, Data, workers: 1, threads: 1);
            _runner = _runners.Create(ComputeTeam.Alone);
        }

        public bool Run(NetworkWork order, IWorkSink sink) => _runner.Run(order, sink);

        public void Dispose()
        {
            _runner.Dispose();
            _runners.Dispose();
        }
    }
}
