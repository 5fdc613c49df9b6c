namespace DistNet.Lab;

/// <summary>Section 2: how old gradients are.</summary>
internal static class StalenessChecks
{
    private const int P = 8;

    public static IEnumerable<Check> All =>
    [
        .. new[] { 0.0, 1, 1000 }.Select(shift => new Check(2, bench => Asynchronous(bench, shift)) { IsQuick = true }),
        .. new[] { 1, 2, 7, 15, 30 }.Select(c => new Check(2, bench => AfterSeveral(bench, c))),
        new(2, Geometric),
    ];

    /// <summary>
    /// Each update ages the other P - 1 units in flight by one, whatever the law; so the invariant holds at every moment, and the mean with it.
    /// </summary>
    private static IEnumerable<VerificationRow> Asynchronous(Bench bench, double shift)
    {
        var probe = Played(bench, "asp", P, 20_000, shift);
        yield return Balance($"asp, D = {shift}", probe);
        yield return VerificationRow.Statistical($"asp, D = {shift}: mean staleness", Estimate.OfSeries(probe.Staleness), StalenessLaws.MeanAsynchronous(P));
        yield return VerificationRow.Exact($"asp, D = {shift}: staleness told - counted", probe.ToldStalenessSum - probe.StalenessSum, 0);
    }

    private static IEnumerable<VerificationRow> AfterSeveral(Bench bench, int c)
    {
        const int Lanes = 30;
        var probe = Played(bench, $"kbatchasync:{c}", Lanes, 40_000 / c, shift: 0);
        yield return Balance($"kbatchasync:{c}, P = {Lanes}", probe, Lanes);
        yield return VerificationRow.Statistical(
            $"kbatchasync:{c}, P = {Lanes}: mean staleness", Estimate.OfSeries(probe.Staleness), StalenessLaws.MeanKBatchAsync(Lanes, c));
    }

    private static VerificationRow Balance(string name, CommandProbe probe, int lanes = P) => VerificationRow.Exact(
        $"{name}: updates after which staleness + ages in flight is not (P - 1) updates", probe.Balances > 1000 / lanes ? probe.Unbalanced : double.NaN, 0);

    private static IEnumerable<VerificationRow> Geometric(Bench bench)
    {
        var probe = Played(bench, "asp", P, 800_000, shift: 0);
        for (var k = 0; k < 3; k++)
        {
            var matches = probe.Staleness.Select(staleness => staleness == k ? 1.0 : 0).ToArray();
            yield return VerificationRow.Statistical($"asp, exponential: Pr(staleness = {k})", Estimate.OfSeries(matches), StalenessLaws.GeometricProbability(P, k));
        }

        var squares = probe.Staleness.Select(staleness => (staleness - (P - 1)) * (staleness - (P - 1))).ToArray();
        yield return VerificationRow.Statistical("asp, exponential: variance of staleness", Estimate.OfSeries(squares), StalenessLaws.GeometricVariance(P));
    }

    private static CommandProbe Played(Bench bench, string rule, int lanes, long updates, double shift)
    {
        var probe = new CommandProbe(lanes);
        bench.Run(new Play(rule, lanes, updates, Play.Shifted(shift)), probe);
        return probe;
    }
}
