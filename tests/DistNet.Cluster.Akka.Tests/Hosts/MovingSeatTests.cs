using System.Diagnostics;
using DistNet.Cluster.Tests;
using Xunit.Abstractions;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>The coordinator's host is cut off, dies, or leaves: the coordinator goes elsewhere, and the run ends at the bits of one that nothing disturbed.</summary>
public sealed class MovingSeatTests(SeatHosts hosts, ITestOutputHelper output) : IClassFixture<SeatHosts>, IAsyncLifetime
{
    private const string Runs = "epoch ";

    [SkippableFact]
    public async Task The_smaller_side_of_a_split_stops_itself_and_comes_back_anew_and_the_larger_goes_on_with_a_coordinator_elsewhere()
    {
        await BeginAsync();
        var seat = hosts.Seat;
        string[] cut = [seat, "worker-1"];

        var (over, moved) = (hosts.NextLines("this node is no member of its cluster any more", cut), hosts.MovesFrom(seat));
        hosts.Network.Part(cut);
        await Task.WhenAll(over, moved);
        await hosts.Run.LineAsync(Runs, hosts.Run.Count);

        var back = Task.WhenAll(hosts.ComeBack(seat), hosts.NextLines("this node begins a new life", "worker-1"), hosts.NextLines("runs here", "worker-1"));
        cut.ToList().ForEach(hosts.Network.Heal);
        await back;
        hosts.Seat.ShouldNotBe(seat);
        await EndsUndisturbedAsync();
    }

    [SkippableFact]
    public async Task A_coordinator_that_is_killed_and_does_not_come_back_is_another_nodes_from_then_on()
    {
        await BeginAsync();
        var seat = hosts.Seat;

        var moved = hosts.MovesFrom(seat);
        var watch = Stopwatch.StartNew();
        Signals.Send(hosts.Node(seat).Id, Signals.Kill).ShouldBeTrue();
        await ReportAsync("kill", watch, moved);

        await EndsUndisturbedAsync();
    }

    [SkippableFact]
    public async Task A_coordinator_that_leaves_in_good_order_hands_over()
    {
        await BeginAsync();
        var seat = hosts.Seat;

        var moved = hosts.MovesFrom(seat);
        var watch = Stopwatch.StartNew();
        hosts.Node(seat).Terminate();
        await ReportAsync("signal", watch, moved);

        (await hosts.Node(seat).ExitAsync()).Code.ShouldBe(0, hosts.Node(seat).ToString());
        hosts.Node(seat).ToString().ShouldContain("the coordinator is not here any more");
        await EndsUndisturbedAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (hosts.Obstacle is null)
        {
            output.WriteLine(hosts.ToString());
            await hosts.CalmAsync();
        }
    }

    private async Task BeginAsync()
    {
        Skip.If(hosts.Obstacle is not null, hosts.Obstacle);
        await hosts.GatherAsync();
        await hosts.BeginAsync();
    }

    /// <summary>Waits until the coordinator is elsewhere and has a pass over the data done, and writes down how long that took.</summary>
    private async Task ReportAsync(string since, Stopwatch watch, Task moved)
    {
        await moved;
        var taken = watch.Elapsed;
        await hosts.Run.LineAsync(Runs, hosts.Run.Count);
        output.WriteLine(FormattableString.Invariant($"from the {since}: coordinator elsewhere after {taken.TotalSeconds:F1} s, next epoch done after {watch.Elapsed.TotalSeconds:F1} s"));
    }

    /// <summary>The run goes on, and its weights are those of as many steps in one process.</summary>
    private async Task EndsUndisturbedAsync()
    {
        await hosts.Run.LineAsync(Runs, await hosts.Run.LineAsync(Runs, hosts.Run.Count));
        var result = await hosts.StopAsync();
        var undisturbed = await hosts.UndisturbedAsync(result.GetProperty("steps").GetInt64());

        result.GetProperty("weightsSha256").GetString().ShouldBe(undisturbed.WeightsSha256);
        result.GetProperty("ledger").GetProperty("applied").GetInt64().ShouldBe(undisturbed.Ledger.Applied);
    }
}
