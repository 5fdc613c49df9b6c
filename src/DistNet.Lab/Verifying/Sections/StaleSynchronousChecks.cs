namespace DistNet.Lab;

/// <summary>Section 4: SSP (Ho et al. 2013). Where there is no closed form, the reference simulator judges.</summary>
internal static class StaleSynchronousChecks
{
    private const int P = 8;

    private static readonly ShiftedExponential Law = new(1, 1);

    public static IEnumerable<Check> All =>
    [
        .. new[] { 0, 1, 2, 4, 8 }.Select(slack => new Check(4, bench => Bounds(bench, slack)) { IsQuick = true }),
        .. new[] { 0, 1, 2, 4, 8 }.Select(slack => new Check(4, bench => Alike(bench, slack))),
        .. new[] { 4, 8 }.Select(slack => new Check(4, bench => Slow(bench, slack))),
    ];

    /// <summary>Both are reached: the rule is no stricter than it has to be.</summary>
    private static IEnumerable<VerificationRow> Bounds(Bench bench, int slack)
    {
        var (commands, clocks) = (new CommandProbe(P), new ClockProbe(P));
        bench.Run(new Play($"ssp:{slack}", P, 2000, Play.Shifted(Law.Shift)), commands, clocks);
        yield return VerificationRow.Exact($"ssp:{slack}: clocks apart at most", clocks.GreatestGap, StaleSynchronous.GreatestGap(slack));
        yield return VerificationRow.Exact($"ssp:{slack}: greatest staleness", commands.Counts.Count - 1, StaleSynchronous.GreatestStaleness(slack));
    }

    private static IEnumerable<VerificationRow> Alike(Bench bench, int slack)
    {
        var times = new UpdateProbe(warmUp: 100);
        bench.Run(new Play($"ssp:{slack}", P, 18_000, Play.Shifted(Law.Shift)), times);
        var judge = new StaleSynchronousReference(slack).Run(new ServiceTimes(Law, P, bench.Seed), 100_000, warmUp: 2000);
        yield return VerificationRow.Statistical(
            $"ssp:{slack}: time of a clock (reference)", Estimate.OfSeries(times.Intervals).Beside(Estimate.OfSeries(judge.Intervals)), judge.TimePerUpdate);
        if (slack == 0)
        {
            yield return VerificationRow.Statistical("ssp:0: time of a clock, as bsp", Estimate.OfIndependent(times.Intervals), UpdateTimes.BulkSynchronous(Law, P));
        }
    }

    /// <summary>A machine that takes twice as long for good sets the pace whatever the slack: a clock lasts as long as it takes for its unit.</summary>
    private static IEnumerable<VerificationRow> Slow(Bench bench, int slack)
    {
        var times = new UpdateProbe(warmUp: 100);
        var play = new Play($"ssp:{slack}", P, 20_000, Play.Shifted(Law.Shift)) { SlowDown = new Dictionary<int, double> { [0] = 2 } };
        bench.Run(play, times);
        var slowest = 2 * Law.Mean;
        var clock = Estimate.OfIndependent(times.Intervals);
        yield return VerificationRow.Statistical(
            $"ssp:{slack}, one twice as slow: gradients in a unit of time", new Estimate(P, 0, clock.DegreesOfFreedom).Over(clock), StaleSynchronous.ThroughputLimit(P, slowest));
    }
}
