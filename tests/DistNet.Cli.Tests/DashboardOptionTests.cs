namespace DistNet.Cli.Tests;

/// <summary><c>--dashboard</c>, as far as a command line goes; pages are served in DistNet.Dashboard.Tests.</summary>
public sealed class DashboardOptionTests : IDisposable
{
    private readonly CommandRunner _command = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task It_says_where_the_page_is_before_the_run_begins()
    {
        (await _command.RunAsync("train", "--dashboard", "0")).ShouldBe(0, _command.Error);

        _command.ErrorLines[0].ShouldStartWith("distnet: dashboard at http://127.0.0.1:");
        _command.ErrorLines[0].ShouldNotEndWith(":0/");
        _command.Trained.ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_is_to_look_from_elsewhere_is_told_of_the_token_but_not_the_token()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "very secret");

        (await _command.RunAsync("train", "--dashboard", "0.0.0.0:0", "--dashboard-token-file", Path.Combine(_folder, "token"))).ShouldBe(0, _command.Error);

        _command.ErrorLines[0].ShouldContain("?token=");
        _command.Error.ShouldNotContain("very secret");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("up")]
    [InlineData("simulate")]
    [InlineData("node", "--role", "coordinator")]
    public async Task A_page_for_other_machines_without_a_token_is_refused(string verb, params string[] args)
    {
        string[] directory = verb == "node" ? ["--dir", _folder] : [];

        (await _command.RunAsync([verb, .. args, .. directory, "--dashboard", "0.0.0.0:7080"])).ShouldBe(2);

        _command.Error.ShouldContain("--dashboard: 0.0.0.0:7080 can be reached from other machines; give --dashboard-token-file FILE");
        _command.Trained.ShouldBeNull();
    }

    [Theory]
    [InlineData("train")]
    [InlineData("up")]
    [InlineData("simulate")]
    public async Task Its_mistakes_are_told_with_all_others(string verb)
    {
        (await _command.RunAsync(verb, "--lr", "-1", "--dashboard", "here", "--dashboard-token-file", "nowhere")).ShouldBe(2);

        _command.ErrorLines.Select(line => line.Split(':')[1].Trim()).ShouldBe(["--lr", "--dashboard-token-file", "--dashboard"]);
    }

    [Theory]
    [InlineData("--dashboard-token-file: there is no page that it could be for; add --dashboard", "train", "--dashboard-token-file", "x")]
    [InlineData("--dashboard: the page comes from the cluster's coordinator; give it to distnet node --role coordinator", "train", "--cluster", "127.0.0.1:1", "--dashboard")]
    public async Task Where_there_can_be_no_page_it_says_so(string problem, params string[] args)
    {
        (await _command.RunAsync(args)).ShouldBe(2);

        _command.ErrorLines.ShouldHaveSingleItem().ShouldBe($"distnet: {problem}");
    }

    [Fact]
    public async Task A_worker_has_no_page()
    {
        (await _command.RunAsync("node", "--role", "worker", "--join", "127.0.0.1:1", "--dir", _folder, "--dashboard")).ShouldBe(2);

        _command.Error.ShouldContain("--dashboard: a worker has no page; give it to the coordinator");
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_message_and_no_run_begins()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        foreach (var verb in new[] { "train", "up", "simulate" })
        {
            var command = new CommandRunner();
            (await command.RunAsync(verb, "--dashboard", $"{port}")).ShouldBe(2);
            command.ErrorLines.ShouldHaveSingleItem().ShouldBe($"distnet: --dashboard: port {port} of 127.0.0.1 is taken; give another, or 0 for any that is free");
            command.Trained.ShouldBeNull();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
