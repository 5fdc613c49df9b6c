using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;
using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

public sealed class CutCheckpointTests : IDisposable
{
    private const int Half = 20;

    private readonly TrainingRuns _runs = new();
    private readonly TemporaryFolder _folder = new();

    private static TrainingOptions Options { get; } = TrainingRuns.Digits with { Optimizer = OptimizerKind.Adam, LearningRate = 0.003f, Steps = 2 * Half };

    public void Dispose()
    {
        _folder.Dispose();
        _runs.Dispose();
    }

    [Theory]
    [InlineData("bsp", 1, 1)]
    [InlineData("bsp", 1, 3)]
    [InlineData("bsp", 3, 2)]
    [InlineData("asp", 2, 4)]
    public async Task A_checkpoint_that_went_through_a_coordinators_disk_is_the_same_file(string mode, int servers, int nextServers)
    {
        var run = await _runs.RunAsync(Options with { Mode = mode, Steps = Half, Servers = servers });
        var plan = PlanOf(Options with { Mode = mode, Servers = nextServers });

        await PlaceAsync(run, plan);
        var copy = WriteFrom("node", plan);

        Path.GetFileName(copy).ShouldBe(Path.GetFileName(LatestOf(run.Run)));
        File.ReadAllBytes(copy).ShouldBe(File.ReadAllBytes(LatestOf(run.Run)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_cluster_goes_on_from_it_to_the_bits_of_one_run(int servers, int nextServers)
    {
        var whole = await _runs.RunAsync(Options);
        var half = await _runs.RunAsync(Options with { Steps = Half, Servers = servers });
        var plan = PlanOf(Options with { Servers = nextServers });
        await PlaceAsync(half, plan);

        var run = InProcessRun.Of(plan, DataLoader.Load(Options).Train, workers: 2, threads: 2, new NodeStorage(_folder.File("node")));

        run.ShouldBe(new InProcessRun(whole.WeightsSha256, Half, TensorsOutstanding: 0));
    }

    [Fact]
    public async Task Parts_that_are_not_those_of_the_cut_make_no_checkpoint()
    {
        var run = await _runs.RunAsync(Options with { Steps = Half, Servers = 2 });
        var plan = PlanOf(Options with { Servers = 2 });
        var content = new CheckpointFolder(RunFolder.Open(run.Run)).ReadLatest(plan.Layout).Content;
        var cut = CutCheckpoint.RecordOf(content).Cuts[^1];
        using var pool = new TensorPool();
        PartitionCut[] parts = [.. Enumerable.Range(0, plan.Map.Partitions.Length).Select(index => CutCheckpoint.PartOf(content, cut, plan, index, pool))];

        Refused(cut, parts[0]);
        Refused(cut, parts[1], parts[0]);
        Refused(cut with { Version = cut.Version + 1 }, parts);
        Refused(cut with { Generation = cut.Generation + 1 }, parts);
        Refused(cut, parts[0], parts[1] with { Log = parts[1].Log with { Digest = 0 } });

        Array.ForEach(parts, part => part.Release());
        pool.Outstanding.ShouldBe(0);

        void Refused(CompleteCut cut, params PartitionCut[] parts) =>
            Should.Throw<ArgumentException>(() => CutCheckpoint.Write(FolderOf("refused"), plan, 1, cut, parts)).ParamName.ShouldBe("parts");
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_is_said_and_there_is_no_record()
    {
        var run = await _runs.RunAsync(Options with { Steps = Half });
        var plan = PlanOf(Options with { Servers = 2 });
        Directory.CreateDirectory(Path.Combine(_folder.File("node"), $"coordinator.partition-1.v{Half:D8}.cut"));

        await Should.ThrowAsync<IOException>(() => PlaceAsync(run, plan));

        using var storage = new NodeStorage(_folder.File("node"));
        storage.RecordOf(ActorId.Coordinator).ShouldBeNull();
    }

    /// <summary>As a cluster's: what must outlive its node is kept on others.</summary>
    private static RunPlan PlanOf(TrainingOptions options) =>
        RunPlanner.Plan(options, DataSummary.Of(DataLoader.Load(options))) with { Replicates = true, TestSamples = 0 };

    private async Task PlaceAsync(TrainingResult run, RunPlan plan)
    {
        var content = new CheckpointFolder(RunFolder.Open(run.Run)).ReadLatest(plan.Layout).Content;
        using var storage = new NodeStorage(_folder.File("node"));
        await CutCheckpoint.PlaceAsync(storage, plan, content);
    }

    /// <summary>The path of the checkpoint.</summary>
    private string WriteFrom(string node, RunPlan plan)
    {
        using var storage = new NodeStorage(_folder.File(node));
        using var pool = new TensorPool();
        var record = storage.RecordOf(ActorId.Coordinator)!;
        var cut = record.Cuts.ShouldHaveSingleItem();
        PartitionCut[] parts = [.. Enumerable.Range(0, plan.Map.Partitions.Length)
            .Select(partition => storage.Load(ActorId.Coordinator, DurableKey.Copy(partition, cut.Version), pool).ShouldBeOfType<PartitionCut>())];
        CutCheckpoint.Write(FolderOf("copy"), plan, record.Generation, cut, parts);
        Array.ForEach(parts, part => part.Release());
        pool.Outstanding.ShouldBe(0);
        return LatestOf(_folder.File("copy"));
    }

    private CheckpointFolder FolderOf(string name) => new(
        Directory.Exists(_folder.File(name))
            ? RunFolder.Open(_folder.File(name))
            : RunFolder.Create(new TrainingOptions { Out = _folder.File(name) }, name, default));

    private static string LatestOf(string run) => Directory.GetFiles(RunFolder.Open(run).CheckpointsPath).Order(StringComparer.Ordinal).Last();
}
