using System.Text.Json.Nodes;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>Runs that start from weights that only whoever asks for the run has.</summary>
public sealed class InitialWeightsTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Hidden = [32], Epochs = 40, EvalEvery = 20, Lanes = 4, Workers = 2, Servers = 2, Seed = 3 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_ends_at_the_bits_of_one_process_and_its_folder_holds_the_start()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 2);
        var options = Options with { InitFrom = await TrainedAsync() };
        var expected = await Undisturbed.ResultAsync(options);

        var result = await (await cluster.BeginAsync(options)).ResultAsync();

        result.WeightsSha256.ShouldBe(expected.WeightsSha256);
        result.LossHistory.ShouldBe(expected.LossHistory);
        using var client = cluster.Connect();
        await client.FetchFolderAsync(_folder.In("fetched"), default);
        var fetched = RunFolder.Open(_folder.In("fetched"));
        fetched.ReadConfig().InitSha256.ShouldBe(await HashOfStartAsync());
        (await ReplaySession.RunAsync(fetched.Root, threads: 1, default)).IsSame.ShouldBeTrue();
        Directory.EnumerateFiles(Path.Combine(cluster.Coordinator.Options.Directory, "sent")).ShouldBeEmpty("what was sent is in the run's folder");
    }

    [Fact]
    public async Task It_goes_on_in_a_cluster_when_the_file_is_gone()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        var options = Options with { InitFrom = _folder.In("start.safetensors"), Servers = 1 };
        File.Copy(await TrainedAsync(), options.InitFrom);
        var whole = await Undisturbed.ResultAsync(options);
        var half = await TrainingSession.RunAsync(options with { Epochs = 10, Out = _folder.In("half") }, new ToldProgress(), default);
        File.Delete(options.InitFrom);

        var result = await (await cluster.BeginAsync(options with { Resume = half.Run, InitSha256 = await HashOfStartAsync() })).ResultAsync();

        result.WeightsSha256.ShouldBe(whole.WeightsSha256);
    }

    [Fact]
    public async Task It_goes_on_from_its_checkpoint_when_its_own_copy_is_lost_too()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        var options = Options with { InitFrom = await TrainedAsync(), Servers = 1, Workers = 1, Epochs = 4 };
        var whole = await Undisturbed.ResultAsync(options);
        var half = await TrainingSession.RunAsync(options with { Epochs = 2, Out = _folder.In("half") }, new ToldProgress(), default);
        LoseStart(RunFolder.Open(half.Run));

        var result = await (await cluster.BeginAsync(options with { Resume = half.Run, InitSha256 = await HashOfStartAsync() })).ResultAsync();

        result.WeightsSha256.ShouldBe(whole.WeightsSha256);
    }

    [Fact]
    public async Task A_server_that_comes_before_the_first_checkpoint_is_given_them_too()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        var options = Options with { InitFrom = await TrainedAsync(), Servers = 1, Epochs = 200, EvalEvery = 100, CheckpointEvery = 1_000_000 };
        var run = await cluster.BeginAsync(options);
        await run.StepAsync(20);

        await cluster.Node(Role.Server).LeaveAsync();
        await cluster.AddAsync(Role.Server, 0);

        run.IsOver.ShouldBeFalse("what is tested must happen within the run");
        var result = await run.ResultAsync();
        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(options)).WeightsSha256);
        result.Ledger.RolledBack.ShouldBeGreaterThan(0, "it began again");
    }

    [Fact]
    public async Task Weights_of_another_network_are_refused_by_name_and_the_cluster_is_free_for_others()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        using var client = cluster.Connect();
        var start = await TrainedAsync();

        (await Should.ThrowAsync<UsageException>(() => client.BeginAsync(Options with { InitFrom = start, Hidden = [16] }, false, null, default))).Message
            .ShouldBe($"--init-from: {start}: it is of a network 64-32-10, this run's is 64-16-10; --hidden says how wide it is");
        (await Should.ThrowAsync<UsageException>(() => client.BeginAsync(Options with { InitFrom = "none" }, false, null, default))).Message
            .ShouldBe("--init-from: there is no file none");

        await (await cluster.BeginAsync(Options with { InitFrom = start, Epochs = 1 })).ResultAsync();
    }

    /// <summary>The coordinator's disk, with the copy of the weights, and then a server: it gets them because the other one had them.</summary>
    [SkippableFact]
    public async Task They_outlive_the_coordinators_disk()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as Linux numbers them");
        var options = Options with { InitFrom = await TrainedAsync(), Epochs = 60, EvalEvery = 30, Threads = 1, CheckpointEvery = 200 };
        var plan = new KillPlan(
            0, options, TimeSpan.FromSeconds(1), SharesMemory: true, [new Blow(50, [("coordinator", Fate.Wiped)]), new Blow(600, [("server-1", Fate.Wiped)])]);
        var run = new KillRun(plan, _folder.In("nodes"));
        Directory.CreateDirectory(_folder.In("nodes"));

        var result = await EndOfAsync(run);

        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(options)).WeightsSha256, run.Tails());
        var folder = RunFolder.Open(Directory.EnumerateDirectories(Path.Combine(_folder.In("nodes"), "runs")).ShouldHaveSingleItem());
        File.Exists(folder.InitialPath).ShouldBeTrue(run.Tails());
        run.Story.ShouldContain("coordinator wiped");
        run.Story.ShouldContain("server-1 wiped");
    }

    /// <summary>As when a coordinator lost its disk, and wrote a checkpoint before it had the weights again.</summary>
    private static void LoseStart(RunFolder folder)
    {
        File.Delete(folder.InitialPath);
        var listed = JsonNode.Parse(File.ReadAllText(folder.ManifestPath))!.AsObject();
        listed.Remove(RunFolder.InitialName).ShouldBeTrue();
        File.WriteAllText(folder.ManifestPath, listed.ToJsonString());
    }

    private static async Task<TrainingResult> EndOfAsync(KillRun run)
    {
        try
        {
            return await run.RunAsync();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(run.Tails(), e);
        }
    }

    /// <summary>A checkpoint of the same network after some steps.</summary>
    private async Task<string> TrainedAsync()
    {
        if (!Directory.Exists(_folder.In("before")))
        {
            await TrainingSession.RunAsync(Options with { Epochs = 2, Seed = 8, Workers = 1, Servers = 1, Out = _folder.In("before") }, new ToldProgress(), default);
        }

        return Directory.EnumerateFiles(RunFolder.Open(_folder.In("before")).CheckpointsPath).ShouldHaveSingleItem();
    }

    private async Task<string> HashOfStartAsync()
    {
        await TrainedAsync();
        using var network = TrainedNetwork.Open(RunFolder.Open(_folder.In("before")), _ => { });
        return WeightsHash.Of(network.Layout, network.Parameters);
    }
}
