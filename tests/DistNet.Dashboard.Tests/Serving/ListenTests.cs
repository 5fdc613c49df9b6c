using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class ListenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null, "127.0.0.1:7080")]
    [InlineData("", "127.0.0.1:7080")]
    [InlineData("9000", "127.0.0.1:9000")]
    [InlineData("localhost:9000", "localhost:9000")]
    [InlineData("[::1]:0", "[::1]:0")]
    public void It_is_read_as_it_is_written(string? text, string listen) => $"{DashboardOptions.Read(text, null).Listen}".ShouldBe(listen);

    [Theory]
    [InlineData("70800")]
    [InlineData("here")]
    [InlineData(":9000")]
    [InlineData("-1")]
    public void What_is_no_address_is_said_to_be_none(string text) =>
        ProblemsOf(text, null).ShouldHaveSingleItem().ShouldStartWith($"--dashboard: '{text}' is neither a port nor host:port");

    [Fact]
    public void Other_machines_need_a_token_and_all_mistakes_are_told_at_once()
    {
        ProblemsOf("0.0.0.0:9000", null).ShouldHaveSingleItem().ShouldContain("--dashboard-token-file");
        File.WriteAllText(_folder.In("empty"), " \n");
        ProblemsOf("here", _folder.In("empty")).Select(problem => problem.Split(':')[0]).ShouldBe(["--dashboard-token-file", "--dashboard"]);
        ProblemsOf("0.0.0.0:9000", _folder.In("none")).ShouldHaveSingleItem().ShouldStartWith("--dashboard-token-file: cannot read");
        File.WriteAllText(_folder.In("token"), "secret\n");
        DashboardOptions.Read("0.0.0.0:9000", _folder.In("token")).Token!.Text.ShouldBe("secret");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_message()
    {
        await using var first = await ServedPage.StartAsync();
        var taken = new DashboardOptions(first.Server.Address, null);

        var problem = (await Should.ThrowAsync<UsageException>(() => DashboardServer.StartAsync(taken, first.Model))).Problems.ShouldHaveSingleItem();

        problem.ShouldBe($"--dashboard: port {first.Server.Address.Port} of 127.0.0.1 is taken; give another, or 0 for any that is free");
        Should.Throw<UsageException>(() => DashboardServer.Reserve(taken.Listen)).Problems.ShouldBe([problem]);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_said_to_be_none_of_this()
    {
        var options = new DashboardOptions(new ClusterAddress("192.0.2.1", 0), new JoinToken("x"));

        (await Should.ThrowAsync<UsageException>(() => DashboardServer.StartAsync(options, new DashboardModel("x")))).Problems
            .ShouldHaveSingleItem().ShouldStartWith("--dashboard: cannot listen on 192.0.2.1:0");
    }

    [Fact]
    public void A_reserved_port_is_free_and_the_same_for_the_one_it_is_for()
    {
        var listen = DashboardServer.Reserve(new ClusterAddress("127.0.0.1", 0));

        listen.Port.ShouldBeGreaterThan(0);
        DashboardServer.Reserve(listen).ShouldBe(listen);
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<string> ProblemsOf(string? where, string? token) => Should.Throw<UsageException>(() => DashboardOptions.Read(where, token)).Problems;
}
