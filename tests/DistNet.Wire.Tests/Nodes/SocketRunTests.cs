using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>Whole runs over loopback sockets, each node with a host, a pool and a directory of its own, against the run in one process.</summary>
public sealed class SocketRunTests
{
    private const int Rows = 600;
    private const int Features = 40;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private static readonly DataSet Data = Generate();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_run_ends_at_the_hash_of_one_process(int servers, int workers)
    {
        using var cluster = new SocketCluster(Plan(servers), Data, workers);
        (await cluster.Hash.WaitAsync(Deadline)).ShouldBe(InProcessHash());
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
        (await cluster.Hash.WaitAsync(Deadline)).ShouldBe(InProcessHash());
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

    private static string InProcessHash()
    {
        string? hash = null;
        var plan = Plan(servers: 1) with { Cuts = CutPolicy.Never, Replicates = false };
        using var runners = new NetworkRunners(plan, Data, Data, workers: 1, threads: 1);
        using var host = new InProcessHost(plan, new ActorHostOptions(1, 1, runners.Create, Observe), new CheckpointStorage(plan, null, null), TimeProvider.System);
        host.Run(CancellationToken.None);
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
        var features = Enumerable.Range(0, Rows * Features).Select(i => (float)luck.Uniform((uint)i) - 0.5f).ToArray();
        var info = new DataSetInfo("drawn", Features, ["a", "b", "c"], [Features]);
        return new DataSet(info, features, [.. Enumerable.Range(0, Rows).Select(row => row % 3)]);
    }
}
