using DistNet.Learning;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>
/// Section 5: how large alpha lambda may be where every gradient is tau versions old. With constant service times asp is a round robin of its lanes, so tau + 1
/// of them make exactly that delay.
/// </summary>
internal static class StabilityChecks
{
    private const double Rate = 1;

    public static IEnumerable<Check> All => new[] { 0, 1, 2, 3, 7, 15 }.Select(delay => new Check(5, bench => Limit(bench, delay)) { IsQuick = delay == 1 });

    private static IEnumerable<VerificationRow> Limit(Bench bench, int delay)
    {
        var commands = new CommandProbe(delay + 1);
        var search = new CurvatureSearch(scan => bench.Run(
            new Play("asp", delay + 1, scan.Updates, Play.Constant) { Objective = new QuadraticObjective { Length = CurvatureScan.Count }, Gradient = scan.Gradient, Rate = Rate }, scan, commands));
        var critical = search.Find(2.5);
        yield return VerificationRow.Within(
            $"tau = {delay}: critical rate x curvature, by search", critical, DelayStability.Limit(delay), search.Resolution);
        yield return VerificationRow.Exact($"tau = {delay}: staleness of all but the first", commands.Counts.Count - 1, delay);
    }
}
