using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>The verbs that talk to a cluster, as processes.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_cluster_that_is_not_there_is_one_clear_line_and_exit_4()
    {
        var nowhere = $"127.0.0.1:{FreePort.Find()}";
        foreach (var verb in new[] { "train", "status", "attach", "stop" })
        {
            var outcome = await CommandProcess.RunAsync(_folder.Path, [verb, "--cluster", nowhere], Token("any"));

            outcome.ExitCode.ShouldBe(4, outcome.Error);
            outcome.Out.ShouldBeEmpty();
            outcome.ErrorLines.ShouldHaveSingleItem().ShouldContain($"no cluster answers at {nowhere}");
        }
    }

    [Fact]
    public async Task A_wrong_token_is_one_clear_line_and_exit_4()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);

        var outcome = await CommandProcess.RunAsync(_folder.Path, ["status", "--cluster", $"{cluster.Address}"], Token("guess"));

        outcome.ExitCode.ShouldBe(4);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldContain("token");
    }

    [Fact]
    public async Task A_run_for_which_nobody_is_there_is_given_up_with_exit_4()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 0);

        var outcome = await RunAsync(cluster, "train", "--give-up-after", "0.5", "--quiet");

        outcome.ExitCode.ShouldBe(4, outcome.Error);
        outcome.ErrorLines[^1].ShouldContain("has had to do without a worker");
    }

    [Fact]
    public async Task An_idle_cluster_says_who_is_there()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);

        var text = await RunAsync(cluster, "status");
        var json = await RunAsync(cluster, "status", "--format", "json");

        text.ExitCode.ShouldBe(0, text.Error);
        var lines = text.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("no run in progress");
        lines[1..].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2))).ShouldBe(
            ["node state", "coordinator idle", "server-0 idle", "worker-0 idle", "worker-1 idle"]);
        var status = JsonDocument.Parse(json.Out).RootElement;
        status.GetProperty("run").ValueKind.ShouldBe(JsonValueKind.Null);
        status.GetProperty("coordinator").GetString().ShouldBe($"{cluster.Address}");
        status.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()).ShouldBe(["coordinator", "server-0", "worker-0", "worker-1"]);
    }

    [Fact]
    public async Task A_run_is_begun_followed_by_another_looked_at_and_stopped()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        string[] train = ["train", "--cluster", $"{cluster.Address}", "--epochs", "1000000", "--out", "mine", "--format", "json"];
        using var training = CommandProcess.Start(_folder.Path, train, Token(cluster.Token.Text), awaited: "epoch 1/");
        await training.SeenAsync();
        string[] attach = ["attach", "--cluster", $"{cluster.Address}", "--out", "theirs", "--format", "json"];
        using var attached = CommandProcess.Start(_folder.Path, attach, Token(cluster.Token.Text), awaited: "epoch 1/");
        await attached.SeenAsync();

        var busy = await RunAsync(cluster, "train");
        var log = await RunAsync(cluster, "logs", "--node", "worker-1");
        var stop = await RunAsync(cluster, "stop", "--checkpoint");
        var ends = new[] { await training.ExitAsync(), await attached.ExitAsync() };

        (busy.ExitCode, busy.ErrorLines.Length).ShouldBe((2, 1), busy.Error);
        busy.Error.ShouldContain("busy with");
        log.Out.ShouldContain("as worker-1");
        stop.Out.ShouldContain("ends with a checkpoint");
        ends.ShouldAllBe(end => end.ExitCode == 130);
        var results = ends.Select(end => JsonDocument.Parse(end.Out).RootElement).ToArray();
        results[1].GetProperty("weightsSha256").GetString().ShouldBe(results[0].GetProperty("weightsSha256").GetString());
        foreach (var folder in new[] { "mine", "theirs" })
        {
            File.Exists(RunFolder.Open(_folder.In(folder)).ManifestPath).ShouldBeTrue(folder);
        }

        (await RunAsync(cluster, "status")).Out.ShouldStartWith("no run in progress; last");
        (await RunAsync(cluster, "stop")).ExitCode.ShouldBe(2);
    }

    /// <summary>The folder travels there and back: where the run began does not matter.</summary>
    [Fact]
    public async Task A_run_of_this_machine_goes_on_on_a_cluster()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 2);
        var options = new TrainingOptions { Hidden = [32], Lanes = 4, Epochs = 6 };
        string[] begin = ["train", "--hidden", "32", "--lanes", "4", "--epochs", "2", "--out", "mine", "--quiet"];
        (await CommandProcess.RunAsync(_folder.Path, begin)).ExitCode.ShouldBe(0);

        var resumed = await RunAsync(cluster, "train", "--resume", "mine", "--epochs", "6", "--format", "json");

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        JsonDocument.Parse(resumed.Out).RootElement.GetProperty("weightsSha256").GetString().ShouldBe((await Undisturbed.ResultAsync(options)).WeightsSha256);
        var scores = await CommandProcess.RunAsync(_folder.Path, ["evaluate", "--run", "mine"]);
        scores.ExitCode.ShouldBe(0, scores.Error);
    }

    [Theory]
    [InlineData("mine/../..", "config.json")]
    [InlineData("..", "config.json")]
    [InlineData("mine", "../config.json")]
    [InlineData("mine", "/tmp/config.json")]
    [InlineData("mine", "")]
    public async Task A_file_outside_of_run_folders_is_refused(string run, string file)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);
        using var http = new NodeClients(cluster.Tls, cluster.Token).For(cluster.Address);

        using var answer = await http.PutAsync(ApiPaths.FolderFileOf(run, file), new StringContent("{}"));

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("is no file of a run folder");
    }

    [Fact]
    public async Task Whoever_leaves_a_run_lets_it_go_on()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        string[] train = ["train", "--cluster", $"{cluster.Address}", "--epochs", "1000000"];
        using var training = CommandProcess.Start(_folder.Path, train, Token(cluster.Token.Text), awaited: "epoch 1/");
        await training.SeenAsync();

        training.Interrupt();
        var left = await training.ExitAsync();

        left.ExitCode.ShouldBe(130, left.Error);
        left.ErrorLines[^1].ShouldContain("which goes on");
        (await cluster.StatusAsync()).Run.ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_mistake_of_a_node_is_reported_at_once()
    {
        string[] args = ["node", "--role", "wrker", "--index", "-1", "--threads", "none", "--silence-limit", "0", "--join", "alpha", "--listen", "beta:x"];

        var outcome = await CommandProcess.RunAsync(_folder.Path, args, Token("any"));

        outcome.ExitCode.ShouldBe(2, outcome.Error);
        outcome.Out.ShouldBeEmpty();
        foreach (var option in new[] { "role", "index", "threads", "silence-limit", "join", "listen" })
        {
            outcome.ErrorLines.Count(line => line.StartsWith($"distnet: --{option}: ", StringComparison.Ordinal)).ShouldBe(1, outcome.Error);
        }

        outcome.ErrorLines.Length.ShouldBe(6, outcome.Error);
        outcome.Error.ShouldContain("did you mean worker?");
    }

    [Theory]
    [InlineData("--join", "--role", "worker")]
    [InlineData("--join", "--role", "coordinator", "--join", "127.0.0.1:1")]
    [InlineData("--tls-cert", "--role", "coordinator", "--listen", "127.0.0.1:0", "--tls-cert", "none.pem", "--tls-key", "none.key")]
    [InlineData("--listen", "--role", "coordinator", "--listen", "192.0.2.1:0")]
    public async Task A_node_that_cannot_be_says_which_option_is_to_blame(string option, params string[] args)
    {
        var outcome = await CommandProcess.RunAsync(_folder.Path, ["node", "--dir", "node", .. args], Token("any"));

        outcome.ExitCode.ShouldBe(2, outcome.Error);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldStartWith($"distnet: {option}: ");
    }

    [Fact]
    public async Task A_node_without_a_token_is_told_where_one_comes_from()
    {
        var outcome = await CommandProcess.RunAsync(_folder.Path, ["node", "--role", "coordinator", "--dir", "node"]);

        outcome.ExitCode.ShouldBe(2);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldContain(JoinToken.Variable);
    }

    public void Dispose() => _folder.Dispose();

    private static KeyValuePair<string, string>[] Token(string text) => [KeyValuePair.Create(JoinToken.Variable, text)];

    private Task<CommandOutcome> RunAsync(TestCluster cluster, string verb, params string[] args) =>
        CommandProcess.RunAsync(_folder.Path, [verb, "--cluster", $"{cluster.Address}", .. args], Token(cluster.Token.Text));
}
