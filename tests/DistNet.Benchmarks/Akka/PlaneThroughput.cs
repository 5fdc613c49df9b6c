using System.Globalization;
using DistNet.Bench;
using DistNet.Cluster;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>
/// Steps of 784-512-256-10 on clusters of processes that are alike but for the control plane, and what they take of the processors while they rest. In every
/// turn there is one cluster alone: what a resting one takes would slow the other down.
/// </summary>
internal static class PlaneThroughput
{
    private const double TicksASecond = 100;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    /// <summary>Until then the processes compile, those with Akka in them longer.</summary>
    private const double WarmUpSeconds = 10;

    /// <param name="measure">How long and how often.</param>
    /// <param name="hocon">A file of settings, with which the Akka plane is measured once more; null: none.</param>
    public static async Task<Table> RunAsync(MeasureOptions measure, string? hocon)
    {
        var akka = new ControlOptions { Plane = ControlOptions.Akka };
        ControlOptions[] planes = hocon is null ? [ControlOptions.Default, akka] : [ControlOptions.Default, akka, akka with { HoconPath = hocon }];
        var seconds = planes.ToDictionary(plane => plane, _ => new List<double>());
        var resting = planes.ToDictionary(plane => plane, _ => new List<double>());
        for (var round = 0; round < measure.Rounds; round++)
        {
            foreach (var plane in round % 2 == 0 ? planes : planes.Reverse())
            {
                await MeasureAsync(plane, measure.SecondsPerTurn, seconds[plane], resting[plane]);
            }
        }

        var result = new Comparison([.. planes.Select(NameOf)], [.. planes.Select(plane => seconds[plane].ToArray())]);
        var table = BenchTable.Of(1, "784-512-256-10, 1 server, 2 workers", "samples/s", "over built-in", "at rest, % of a processor");
        foreach (var plane in planes)
        {
            var ratio = plane == planes[0] ? "" : Ratio(result.TimeRatio(NameOf(planes[0]), NameOf(plane)));
            var rest = Spread.Of(resting[plane]);
            table.With(NameOf(plane), BenchTable.Text($"{result.Rate(NameOf(plane), ClusterSides.Batch).Median:0}"), ratio, BenchTable.Text($"{rest.Median:0.0} ({rest.Min:0.0}..{rest.Max:0.0})"));
        }

        return table;
    }

    /// <summary>Runs for code to be compiled; then one that counts.</summary>
    private static async Task MeasureAsync(ControlOptions plane, double turn, List<double> seconds, List<double> resting)
    {
        using var work = new ClusterWork();
        await using var cluster = await ComparedPlanes.StartAsync(plane, work);
        var (steps, last) = (100, 0.0);
        for (var spent = 0.0; spent < WarmUpSeconds; spent += last)
        {
            steps = (int)Math.Min(2.0 * steps, last > 0 ? 1 + (WarmUpSeconds / 2 / last * steps) : int.MaxValue);
            last = cluster.Side.Run(steps);
        }

        steps = (int)Math.Max(1, turn / last * steps);
        seconds.Add(cluster.Side.Run(steps) / steps);
        resting.Add(await RestAsync(cluster.Cluster));
    }

    private static string NameOf(ControlOptions plane) => plane.HoconPath is { } path ? $"{plane.Plane}, {Path.GetFileName(path)}" : plane.Plane;

    private static string Ratio(Spread value) => BenchTable.Text($"{value.Median:0.000} ({value.Min:0.000}..{value.Max:0.000})");

    /// <summary>Processor time of a cluster's processes over time, per cent.</summary>
    private static async Task<double> RestAsync(LocalCluster cluster)
    {
        var before = SecondsOf(cluster);
        using var timer = new PeriodicTimer(Rest);
        await timer.WaitForNextTickAsync();
        return 100 * (SecondsOf(cluster) - before) / Rest.TotalSeconds;
    }

    private static double SecondsOf(LocalCluster cluster) => OperatingSystem.IsLinux() ? cluster.Nodes.Sum(node => SecondsOf(node.ProcessId)) : double.NaN;

    private static double SecondsOf(int process)
    {
        // pid (name) state ..., where the name may hold anything; times in user mode and in the kernel are the 12th and 13th after it.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksASecond;
    }
}
