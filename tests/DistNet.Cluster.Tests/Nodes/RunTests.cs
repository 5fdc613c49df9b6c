using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>Runs of nodes that talk over sockets, against the run of one process.</summary>
public sealed class RunTests
{
    private static readonly TrainingOptions Options = new()
    {
        Hidden = [32],
        Dropout = 0.1f,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.01f,
        Epochs = 20,
        Lanes = 4,
        Workers = 3,
        Servers = 2,
        Seed = 7,
    };

    /// <summary>Nobody waits for its end.</summary>
    private static readonly TrainingOptions Endless = Options with { Epochs = 1_000_000 };

    [Fact]
    public async Task A_run_ends_at_the_bits_of_one_process_and_so_does_the_next()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 3);
        var expected = await Undisturbed.ResultAsync(Options);

        var run = await cluster.BeginAsync(Options);
        var result = await run.ResultAsync();

        result.WeightsSha256.ShouldBe(expected.WeightsSha256);
        result.LossHistory.ShouldBe(expected.LossHistory);
        result.TestAccuracyHistory.ShouldBe(expected.TestAccuracyHistory);
        result.TestLossHistory.ShouldBe(expected.TestLossHistory);
        result.Ledger.ShouldBe(expected.Ledger);
        var status = await cluster.StatusAsync();
        (status.Run, status.LastRun).ShouldBe((null, $"{run.Name}: done"));
        status.Nodes.Select(node => $"{node.Name} {node.State}").ShouldBe(
            ["coordinator idle", "server-0 idle", "server-1 idle", "worker-0 idle", "worker-1 idle", "worker-2 idle"]);
        (await (await cluster.BeginAsync(Options)).ResultAsync()).WeightsSha256.ShouldBe(expected.WeightsSha256);
    }

    [Fact]
    public async Task Where_its_folder_cannot_be_written_it_is_said_who_keeps_it()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        using var client = cluster.Connect();
        var file = cluster.FolderOf("file");
        await File.WriteAllTextAsync(file, "in the way");
        var run = await client.BeginAsync(Options with { Epochs = 1, Workers = 1, Servers = 1 }, sendsData: false, giveUpAfter: null, default);

        var following = ClusterSession.FollowAsync(client, run, Path.Combine(file, "run"), new ToldProgress(), default);

        (await Should.ThrowAsync<TrainingFailedException>(cluster.InTimeAsync(following, "the folder"))).Message
            .ShouldEndWith($"; the coordinator's node keeps it among its runs as {run}");
    }

    [Fact]
    public async Task Asynchronous_runs_complete_and_their_ledger_balances()
    {
        string[] finished = [];
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 2, options => options with { RunFinished = FinishAsync });

        var result = await (await cluster.BeginAsync(Options with { Mode = "asp" })).ResultAsync();

        var ledger = result.Ledger;
        ledger.Planned.ShouldBe(20 * 1438);
        (ledger.Applied + ledger.Dropped, ledger.Pending).ShouldBe((ledger.Planned, 0));
        result.Staleness!.Histogram.Sum(range => range.Units).ShouldBe(result.Steps);
        result.Staleness.Mean.ShouldBe(result.StalenessMean, 1e-9);
        result.Waiting!.Select(worker => worker.Worker).ShouldBe(["worker-0", "worker-1"]);
        result.Waiting!.Sum(worker => worker.Units).ShouldBeGreaterThanOrEqualTo(result.Steps);
        await FoldersAgreeAsync(cluster);

        // Whoever owns the coordinator's node has had the complete folder before the follower hears of the end.
        finished.ShouldContain("result.json");
        finished.ShouldContain("timeline.csv");
        finished.ShouldContain("environment.json");

        Task FinishAsync(string folder)
        {
            finished = [.. RunFolder.Open(folder).Files];
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_report_that_cannot_be_made_costs_a_log_line_and_nothing_else()
    {
        RunJournal? journal = null;
        await using var cluster = await TestCluster.StartAsync(
            servers: 1, workers: 1, options => options with { RunFinished = _ => FailAsync(options.Directory) });
        var options = Options with { Epochs = 1, Workers = 1, Servers = 1 };

        var run = await cluster.BeginAsync(options);
        await run.ResultAsync();
        await (await cluster.BeginAsync(options)).ResultAsync();

        journal.ShouldNotBeNull().Order.ShouldBeNull("the end is written first");
        cluster.Coordinator.Log.ShouldContain(line => line.Contains($"run {run.Name} ended without its report: no room for it", StringComparison.Ordinal));

        Task FailAsync(string directory)
        {
            journal = RunJournal.Read(directory);
            throw new IOException("no room for it");
        }
    }

    [Fact]
    public async Task A_second_run_is_refused_with_the_name_of_the_first_and_status_says_who_does_what()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 3);
        var run = await cluster.BeginAsync(Endless);
        using var client = cluster.Connect();
        await run.StepAsync(1);

        var refusal = await Should.ThrowAsync<UsageException>(() => client.BeginAsync(Options, false, null, default));

        refusal.Message.ShouldContain($"busy with {run.Name}");
        var status = await cluster.StatusAsync(status => status.Nodes.Count(node => node.Step > 0) == 3, "every worker to be at work");
        status.Run.ShouldNotBeNull().Name.ShouldBe(run.Name);
        status.Run.Step.ShouldBeGreaterThan(0);
        status.Nodes.Select(node => $"{node.Name} {node.State} {string.Join('+', node.Actors)} {node.Lanes}".TrimEnd()).ShouldBe(
        [
            "coordinator coordinating coordinator", "server-0 serving server-0", "server-1 serving server-1",
            "worker-0 computing worker-0 0", "worker-1 computing worker-1 1", "worker-2 computing worker-2 2..3",
        ]);
    }

    [Fact]
    public async Task Wrong_options_are_refused_and_the_cluster_is_free_for_others()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        using var client = cluster.Connect();

        (await Should.ThrowAsync<UsageException>(() => client.BeginAsync(Options with { Batch = 100_000 }, false, null, default))).Message.ShouldContain("--batch");
        (await Should.ThrowAsync<UsageException>(() => client.BeginAsync(Options with { Data = "csv:none.csv" }, false, null, default))).Message.ShouldContain("none.csv");

        await (await cluster.BeginAsync(Options with { Epochs = 1 })).ResultAsync();
    }

    [Fact]
    public async Task Everybody_may_follow_a_run_from_its_beginning()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        var first = await cluster.BeginAsync(Options with { Epochs = 60 });
        await first.StepAsync(100);
        var second = cluster.Follow(first.Name);
        var results = new[] { await first.ResultAsync(), await second.ResultAsync() };

        results[1].ToJson().ShouldBe(results[0].ToJson());
        foreach (var follower in new[] { first, second })
        {
            follower.Told.Lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(1, 60).Select(epoch => $"epoch {epoch}"));
            follower.Told.Lines.Count(line => line == $"started {first.Name}").ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_run_that_is_stopped_goes_on_from_its_fetched_folder_to_the_undisturbed_bits()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 2);
        var run = await cluster.BeginAsync(Endless);
        using var client = cluster.Connect();
        await run.StepAsync(40);

        (await client.StopAsync(checkpoint: true, default)).ShouldBe(run.Name);
        var stopped = await run.ResultAsync();
        var folder = cluster.FolderOf("fetched");
        await client.FetchFolderAsync(folder, default);

        stopped.Stopped.ShouldBeTrue();
        var whole = Options with { Epochs = (int)(stopped.Samples / 1438) + 3 };
        var resumed = await TrainingSession.RunAsync(whole with { Resume = folder, Out = null, Workers = 1, Servers = 1 }, new ToldProgress(), default);
        resumed.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(whole)).WeightsSha256);
        (await cluster.StatusAsync()).LastRun.ShouldBe($"{run.Name}: stopped");
        (await Should.ThrowAsync<UsageException>(() => client.StopAsync(checkpoint: true, default))).Message.ShouldContain("no run");
    }

    [Fact]
    public async Task A_run_may_be_ended_here_and_now_and_the_next_one_begins()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 2);
        var run = await cluster.BeginAsync(Endless);
        using var client = cluster.Connect();
        await run.StepAsync(1);

        (await client.StopAsync(checkpoint: false, default)).ShouldBe(run.Name);

        (await Should.ThrowAsync<TrainingFailedException>(run.ResultAsync)).Message.ShouldContain("without a checkpoint");
        (await (await cluster.BeginAsync(Options)).ResultAsync()).WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Options)).WeightsSha256);
    }

    [Fact]
    public async Task Every_nodes_log_is_there_to_be_read()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        var run = await cluster.BeginAsync(Options with { Epochs = 1 });
        await run.ResultAsync();
        using var client = cluster.Connect();

        (await client.LogAsync("coordinator", default)).ShouldContain($"run {run.Name} begins");
        (await client.LogAsync("worker-0", default)).ShouldContain($"worker-0 (life");
        (await client.LogAsync("server-0", default)).ShouldContain($"of {run.Name} runs here");
        (await Should.ThrowAsync<UsageException>(() => client.LogAsync("worker-9", default))).Message.ShouldContain("worker-9 is not here");
    }

    [Fact]
    public async Task A_run_without_workers_is_given_up_when_that_was_asked_for()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 0);

        var run = await cluster.BeginAsync(Options, giveUpAfter: TimeSpan.FromMilliseconds(300));

        (await Should.ThrowAsync<ClusterGaveUpException>(run.ResultAsync)).Message.ShouldContain("a worker");
    }

    [Fact]
    public async Task A_run_waits_for_workers_says_so_and_goes_on_when_one_comes()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 0);
        var run = await cluster.BeginAsync(Options with { Servers = 1 });
        (await cluster.StatusAsync()).Run.ShouldNotBeNull().WaitsFor.ShouldNotBeNull().ShouldContain("a worker");

        await cluster.AddAsync(Role.Worker);

        (await run.ResultAsync()).WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Options)).WeightsSha256);
    }

    /// <summary>What is fetched has the service times of all workers, and epochs that say how stale they were.</summary>
    private static async Task FoldersAgreeAsync(TestCluster cluster)
    {
        using var folder = new TemporaryFolder();
        using var client = cluster.Connect();
        await client.FetchFolderAsync(folder.Path, default);
        var fetched = RunFolder.Open(folder.Path);
        ServiceTimesFile.Read(fetched.ServiceTimesPath).Select(time => time.Worker).Distinct().ShouldBe([0, 1]);
        MetricsReader.Epochs(fetched.MetricsPath).ShouldAllBe(epoch => epoch.Staleness!.Mean > 0 && epoch.Waiting!.Count == 2);
    }
}
