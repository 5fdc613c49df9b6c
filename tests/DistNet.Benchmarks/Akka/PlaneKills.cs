using DistNet.Bench;
using DistNet.Cluster;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>How soon the dead and the silent are missed, and how soon another coordinator has taken a dead one's place.</summary>
internal static class PlaneKills
{
    private const string Worker = "worker-0";
    private const string Server = "server-0";
    private const int FurtherFailovers = 2;

    public static async Task<Table> RunAsync(int repeats)
    {
        var table = BenchTable.Of(1, "seconds", "worker killed", "server killed", "worker stopped", "coordinator killed");
        await AddAsync(table, "built-in", ControlOptions.Default, standbys: 0, repeats);
        foreach (var failover in new[] { ControlOptions.Standard, ControlOptions.Fast })
        {
            await AddAsync(table, $"akka, {failover}", new ControlOptions { Plane = ControlOptions.Akka, Failover = failover }, standbys: 2, repeats);
        }

        table.Caption(new TableTitle("until it is said to be gone; coordinator: until the next step is done under another", Style.Plain));
        return table;
    }

    private static async Task AddAsync(Table table, string name, ControlOptions control, int standbys, int repeats)
    {
        await using var victims = await PlaneVictims.StartAsync(control, standbys);
        table.With(
            name,
            await RepeatAsync(repeats, () => victims.KillAsync(Worker)),
            await RepeatAsync(repeats, () => victims.KillAsync(Server)),
            await RepeatAsync(repeats, () => victims.StopAsync(Worker)),
            standbys > 0 ? await RepeatAsync(repeats + FurtherFailovers, victims.FailOverAsync) : "");
    }

    private static async Task<string> RepeatAsync(int repeats, Func<Task<double>> strike)
    {
        var seconds = new List<double>();
        for (var i = 0; i < repeats; i++)
        {
            seconds.Add(await strike());
        }

        return BenchTable.Ratio(Spread.Of(seconds));
    }
}
