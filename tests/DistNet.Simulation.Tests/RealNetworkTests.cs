using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>The real network, simulated under faults, against the in-process host on threads.</summary>
public sealed class RealNetworkTests
{
    private const int Rows = 40;
    private const int Features = 6;

    private static readonly DataSet Data = Generate();

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
        string? hash = null;
        using var runners = new NetworkRunners(plan, Data, Data, workers, threads: 2);
        var options = new ActorHostOptions(workers, Threads: 2, runners.Create, Observe);
        using var host = new InProcessHost(plan, options, new ForgetfulStorage(), TimeProvider.System);
        host.Run(CancellationToken.None);
        host.TensorsOutstanding.ShouldBe(0);
        return hash.ShouldNotBeNull();

        void Observe(Envelope envelope)
        {
            if (envelope is Envelope<RunCompleted> completed)
            {
                hash = WeightsHash.Of(plan.Map, completed.Message.Partitions);
                completed.Message.Partitions.ToList().ForEach(partition => partition.Release());
            }
        }
    }

    private static DataSet Generate()
    {
        var luck = Luck.Key(9, LuckPurpose.Generator);
        var features = new float[Rows * Features];
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = (float)luck.Uniform((uint)i) - 0.5f;
        }

        var info = new DataSetInfo("drawn", Features, ["a", "b", "c"], [Features]);
        return new DataSet(info, features, [.. Enumerable.Range(0, Rows).Select(row => row % 3)]);
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

    /// <summary>Nothing fails in one process, so nothing is read back.</summary>
    private sealed class ForgetfulStorage : IActorStorage
    {
        public CoordinatorRecord? RecordOf(ActorId actor) => null;

        public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored)
        {
            foreach (var tensor in item.Tensors)
            {
                tensor.Release();
            }

            stored(null);
        }

        public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) => null;

        public void Forget(ActorId actor, DurableKey key)
        {
        }

        public void Dispose()
        {
        }
    }
}
