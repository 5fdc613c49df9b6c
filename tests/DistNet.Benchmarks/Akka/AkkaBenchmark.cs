using System.Diagnostics;
using DistNet.Bench;
using DistNet.Cluster;
using DistNet.Cluster.Akka;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>What is measured of the Akka control plane, against the built-in one.</summary>
/// <param name="Measure">How long and how often throughput is measured; round trips as often.</param>
/// <param name="Repeats">How often each process is killed or stopped, and how often a cluster is started; a coordinator's is killed twice more.</param>
/// <param name="Items">Of <see cref="AkkaBenchmark.Items"/>; none: all.</param>
/// <param name="Hocon">A file of settings, with which the throughput of the Akka plane is measured once more; null: none.</param>
internal sealed record AkkaBenchmarkOptions(MeasureOptions Measure, int Repeats, IReadOnlyList<string> Items, string? Hocon);

/// <summary>What the Akka control plane costs: throughput, round trips, how soon the dead are missed, how soon a coordinator has moved, start-up.</summary>
internal static class AkkaBenchmark
{
    public const string Steps = "throughput";
    public const string Trips = "roundtrips";
    public const string Kills = "kills";
    public const string Starts = "starts";

    public static readonly IReadOnlyList<string> Items = [Steps, Trips, Kills, Starts];

    public static async Task RunAsync(AkkaBenchmarkOptions options, TextWriter output)
    {
        BenchTable.WriteHead(output, MachineReport.OfThis(), options.Measure);
        WriteSettings(output);
        var whole = Stopwatch.StartNew();
        foreach (var (item, measure) in All(options))
        {
            if (options.Items.Count == 0 || options.Items.Contains(item))
            {
                var watch = Stopwatch.StartNew();
                BenchTable.Write(output, await measure());
                output.WriteLine(BenchTable.Text($"{item}: {watch.Elapsed.TotalSeconds:0} s"));
            }
        }

        output.WriteLine(BenchTable.Text($"all: {whole.Elapsed.TotalSeconds:0} s"));
    }

    private static IEnumerable<(string Item, Func<Task<Table>> Measure)> All(AkkaBenchmarkOptions options) =>
    [
        (Steps, () => PlaneThroughput.RunAsync(options.Measure, options.Hocon)),
        (Trips, () => PlaneRoundTrips.RunAsync(options.Measure.Rounds)),
        (Kills, () => PlaneKills.RunAsync(options.Repeats)),
        (Starts, () => PlaneStarts.RunAsync(options.Repeats)),
    ];

    private static void WriteSettings(TextWriter output)
    {
        output.WriteLine($"Akka.NET {AkkaPackages.Version}; milliseconds:");
        var table = BenchTable.Of(1, "settings", "heartbeat every", "pause borne", "decided after", "gossip every", "member's beat");
        foreach (var (name, times) in new[] { (ControlOptions.Standard, AkkaTimes.Standard), (ControlOptions.Fast, AkkaTimes.Fast) })
        {
            table.With($"{ControlOptions.FailoverOption} {name}", Milliseconds(times.Heartbeat), Milliseconds(times.Pause), Milliseconds(times.StableAfter), Milliseconds(times.Gossip), Milliseconds(MemberActor.SayEvery));
        }

        var builtIn = ControlTimes.Default;
        table.With($"{ControlOptions.Option} {ControlOptions.BuiltIn}", Milliseconds(builtIn.Beat), Milliseconds(builtIn.Silence), "at once", "", "");
        BenchTable.Write(output, table);
    }

    private static string Milliseconds(TimeSpan time) => BenchTable.Text($"{time.TotalMilliseconds:0}");
}
