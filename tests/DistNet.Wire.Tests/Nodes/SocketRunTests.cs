using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;
using DistNet.TestKit;

namespace DistNet.Wire.Tests;

/// <summary>Whole runs over loopback sockets, each node with a host, a pool and a directory of its own, against the run in one process.</summary>
public sealed class SocketRunTests
{
    private const int Rows = 600;
    private const int Features = 40;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private static readonly DataSet Data = DrawnData.Of(Rows, Features);
    private static readonly Lazy<string> InProcessHash = new(RunInProcess);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_run_ends_at_the_hash_of_one_process(int servers, int workers)
    {
        using var cluster = new SocketCluster(Plan(servers), Data, workers);
        (await cluster.Hash.WaitAsync(Deadline)).ShouldBe(InProcessHash.Value);
        cluster.Generations.ShouldBe([0]);
    }

    [Theory]
    [InlineData(Role.Worker)]
    [InlineData(Role.Server)]
    [InlineData(Role.Coordinator)]
    public async Task So_does_one_that_loses_a_node_and_its_disk_after_the_first_cut(Role role)
    {
        using var cluster = new SocketCluster(Plan(servers: 2), Data, workers: 2, waitsAtFirstCut: true);
        await cluster.FirstCut.WaitAsync(Deadline);
        cluster.Replace(new ActorId(role, 0));
        (await cluster.Hash.WaitAsync(Deadline)).ShouldBe(InProcessHash.Value);
        if (role != Role.Worker)
        {
            cluster.Generations.Count.ShouldBeGreaterThan(1);
            cluster.Generations[^1].ShouldBeGreaterThan(0);
        }
    }

    private static RunPlan Plan(int servers) => new(
        new NetworkSpec(Features, [new DenseSpec(200, Activation.Relu), new DenseSpec(3, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(Rows, batchSize: 10, lanes: 4, seed: 5, shuffle: true),
        lanes: 4,
        servers)
    {
        Seed = 5,
        Initializer = InitializerKind.He,
        Optimizer = new OptimizerSpec(OptimizerKind.Adam),
        LearningRate = new LearningRateSpec(0.001f),
        Epochs = 10,
        TestSamples = Rows,
        Cuts = new CutPolicy(true, EverySteps: 50, TimeSpan.Zero),
        Replicates = true,
    };

    private static string RunInProcess() =>
        InProcessRun.Of(Plan(servers: 1) with { Cuts = CutPolicy.Never, Replicates = false }, Data, workers: 1, threads: 1).WeightsSha256.ShouldNotBeNull();
}
