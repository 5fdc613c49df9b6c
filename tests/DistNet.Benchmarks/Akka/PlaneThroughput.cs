using DistNet.Bench;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>
/// Steps of 784-512-256-10 on clusters of processes that are alike but for the control plane, what takes the processors meanwhile, and what they take while they
/// rest: so much of what one has is missing in the others' turns.
/// </summary>
internal static class PlaneThroughput
{
    /// <param name="measure">How long and how often.</param>
    /// <param name="hocon">A file of settings, with which the Akka plane is measured once more; null: none.</param>
    public static async Task<Table> RunAsync(MeasureOptions measure, string? hocon)
    {
        await using var clusters = await ComparedPlanes.StartAsync(hocon);
        MeasuredPlane[] planes = [.. clusters.All.Select(cluster => new MeasuredPlane(cluster))];
        var warmUps = planes.ToDictionary(plane => plane, plane => plane.TrainUntilCompiled());
        var result = Interleaved.Run([.. planes.Select(plane => plane.Side)], measure);
        var rests = await Task.WhenAll(planes.Select(plane => plane.RestAsync()));

        return BenchTable.Of(1, ["784-512-256-10, 1 server, 2 workers", .. planes.Select(plane => plane.Name)])
            .With(["samples a second", .. Of(plane => BenchTable.Text($"{result.Rate(plane.Name, ClusterSides.Batch).Median:0}"))])
            .With(["the same, over built-in", .. Of(plane => BenchTable.Ratio(result.TimeRatio(planes[0].Name, plane.Name)))])
            .With(["coordinator's process, % of all processors", .. Of(plane => Share(plane, share => share.Coordinator))])
            .With(["server's", .. Of(plane => Share(plane, share => share.Servers))])
            .With(["workers'", .. Of(plane => Share(plane, share => share.Workers))])
            .With(["of these, compiling", .. Of(plane => Share(plane, share => share.Compiling))])
            .With(["all processes at rest, % of one processor", .. rests.Select(rest => BenchTable.Text($"{100 * rest:0.0}"))])
            .With(["training until compiled, s", .. Of(plane => BenchTable.Text($"{warmUps[plane]:0}"))]);

        IEnumerable<string> Of(Func<MeasuredPlane, string> figure) => planes.Select(figure);
    }

    private static string Share(MeasuredPlane plane, Func<ClusterSeconds, double> share)
    {
        var spread = Spread.Of(plane.Shares.Select(share));
        return BenchTable.Text($"{100 * spread.Median:0.0} ({100 * spread.Min:0.0}..{100 * spread.Max:0.0})");
    }
}
