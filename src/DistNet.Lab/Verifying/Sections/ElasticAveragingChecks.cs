using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>
/// Section 9: the elasticity up to which EASGD in a forced round robin (<see cref="Turns"/>) decays on x^2 / 2 (Zhang, Choromanska, LeCun 2015).
/// </summary>
internal static class ElasticAveragingChecks
{
    private const double Resolution = 2e-4;

    public static IEnumerable<Check> All => new[] { (2, 1.0), (4, 1.0), (8, 1.0), (8, 1.5), (8, 0.1) }
        .Select(cell => new Check(9, bench => Critical(bench, cell.Item1, cell.Item2)));

    private static IEnumerable<VerificationRow> Critical(Bench bench, int lanes, double rate)
    {
        var found = Search((elasticity, updates) => Decays(bench, lanes, rate, elasticity, updates));
        yield return VerificationRow.Within(
            $"easgd, P = {lanes}, eta = {rate}: critical alpha, by search", found, ElasticRoundRobin.CriticalElasticity(lanes, rate), 2 * Resolution);
        var bound = ElasticAveraging.GreatestElasticity(rate);
        yield return lanes < 8
            ? VerificationRow.Holds($"easgd, P = {lanes}, eta = {rate}: (4 - 2 eta) / (4 - eta) suffices", found + Resolution >= bound)
            : VerificationRow.Within($"easgd, P = {lanes}, eta = {rate}: (4 - 2 eta) / (4 - eta), tight to 0.5 %", found, bound, 0.005 * bound);
    }

    /// <summary>Bisection; the closer it comes, the longer it has to look.</summary>
    private static double Search(Func<double, int, bool> decays)
    {
        var (low, high) = (0.1, 0.999);
        while (high - low > Resolution)
        {
            var middle = (low + high) / 2;
            (low, high) = decays(middle, (int)Math.Clamp(6 / (high - low), 4000, 12_000)) ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Whether the center's squares sum to less over the last quarter than over the quarter before, or to nothing that could become less.</summary>
    private static bool Decays(Bench bench, int lanes, double rate, double elasticity, int updates)
    {
        var (before, after) = (0.0, 0.0);
        var probe = new WeightsProbe((version, weights) =>
        {
            var square = (double)weights[0] * weights[0];
            before += version >= updates / 2 && version < updates * 3 / 4 ? square : 0;
            after += version >= updates * 3 / 4 ? square : 0;
        });
        var play = new Play(FormattableString.Invariant($"easgd:{elasticity:R}"), lanes, updates, Play.Constant)
        {
            Objective = new QuadraticObjective(),
            Rate = rate,
            InTurns = true,
        };
        return bench.TryRun(play, probe).Failure is null && (after < before || after < 1e-40);
    }
}
