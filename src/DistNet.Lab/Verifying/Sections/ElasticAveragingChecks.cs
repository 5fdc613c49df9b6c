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
        var found = Search(elasticity => Decays(bench, lanes, rate, elasticity));
        yield return VerificationRow.Within(
            $"easgd, P = {lanes}, eta = {rate}: critical alpha, found to {2 * Resolution:0.0e-0}", found, ElasticRoundRobin.CriticalElasticity(lanes, rate), 2 * Resolution);
        var bound = ElasticAveraging.GreatestElasticity(rate);
        yield return lanes < 8
            ? VerificationRow.Holds($"easgd, P = {lanes}, eta = {rate}: (4 - 2 eta) / (4 - eta) suffices", found + Resolution >= bound)
            : VerificationRow.Within($"easgd, P = {lanes}, eta = {rate}: (4 - 2 eta) / (4 - eta), tight to 0.002", found, bound, 0.002 * bound);
    }

    private static double Search(Func<double, bool> decays)
    {
        var (low, high) = (0.01, 0.999);
        while (high - low > Resolution)
        {
            var middle = (low + high) / 2;
            (low, high) = decays(middle) ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Whether the center's squares sum to less over the last quarter than over the quarter before; more updates would tell finer differences.</summary>
    private static bool Decays(Bench bench, int lanes, double rate, double elasticity)
    {
        const int Updates = 12_000;
        var (before, after) = (0.0, 0.0);
        var probe = new WeightsProbe((version, weights) =>
        {
            var square = (double)weights[0] * weights[0];
            before += version is >= Updates / 2 and < Updates * 3 / 4 ? square : 0;
            after += version >= Updates * 3 / 4 ? square : 0;
        });
        var play = new Play(FormattableString.Invariant($"easgd:{elasticity:R}"), lanes, Updates, Play.Constant)
        {
            Objective = new QuadraticObjective(),
            Rate = rate,
            InTurns = true,
        };
        return bench.TryRun(play, probe).Failure is null && after < before;
    }
}
