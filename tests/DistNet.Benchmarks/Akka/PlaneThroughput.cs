using DistNet.Bench;
using DistNet.Cluster;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>
/// Steps of 784-512-256-10 on clusters of processes that are alike but for the control plane, what takes the processors meanwhile, and what they take while the
/// cluster rests. In every turn there is one cluster alone: what a resting one takes would slow the other down.
/// </summary>
internal static class PlaneThroughput
{
    /// <param name="measure">How long and how often.</param>
    /// <param name="hocon">A file of settings, with which the Akka plane is measured once more; null: none.</param>
    public static async Task<Table> RunAsync(MeasureOptions measure, string? hocon)
    {
        var akka = new ControlOptions { Plane = ControlOptions.Akka };
        ControlOptions[] planes = hocon is null ? [ControlOptions.Default, akka] : [ControlOptions.Default, akka, akka with { HoconPath = hocon }];
        var turns = planes.ToDictionary(plane => plane, _ => new List<PlaneTurn>());
        for (var round = 0; round < measure.Rounds; round++)
        {
            foreach (var plane in round % 2 == 0 ? planes : planes.Reverse())
            {
                turns[plane].Add(await PlaneTurn.MeasureAsync(plane, measure.SecondsPerTurn));
            }
        }

        var result = new Comparison([.. planes.Select(NameOf)], [.. planes.Select(plane => turns[plane].Select(turn => turn.Step).ToArray())]);
        return BenchTable.Of(1, ["784-512-256-10, 1 server, 2 workers", .. planes.Select(NameOf)])
            .With(["samples a second", .. planes.Select(plane => BenchTable.Text($"{result.Rate(NameOf(plane), ClusterSides.Batch).Median:0}"))])
            .With(["the same, over built-in", .. planes.Select(plane => BenchTable.Ratio(result.TimeRatio(NameOf(planes[0]), NameOf(plane))))])
            .With(["coordinator's process, % of all processors", .. Of(turn => 100 * turn.Shares.Coordinator)])
            .With(["server's", .. Of(turn => 100 * turn.Shares.Servers)])
            .With(["workers'", .. Of(turn => 100 * turn.Shares.Workers)])
            .With(["of these, compiling", .. Of(turn => 100 * turn.Shares.Compiling)])
            .With(["all processes at rest, % of one processor", .. Of(turn => 100 * turn.Rest)])
            .With(["training before it counted, s", .. Of(turn => turn.WarmUp)]);

        IEnumerable<string> Of(Func<PlaneTurn, double> figure) => planes.Select(plane => Figure(Spread.Of(turns[plane].Select(figure))));
    }

    private static string NameOf(ControlOptions plane) => plane.HoconPath is { } path ? $"{plane.Plane}, {Path.GetFileName(path)}" : plane.Plane;

    private static string Figure(Spread spread) => BenchTable.Text($"{spread.Median:0.0} ({spread.Min:0.0}..{spread.Max:0.0})");
}
