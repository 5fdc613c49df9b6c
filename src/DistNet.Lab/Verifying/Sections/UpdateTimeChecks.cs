namespace DistNet.Lab;

/// <summary>Section 1: E[T] of the four K rules, of synchronous and asynchronous descent, and what coincides (Dutta et al. 2018).</summary>
internal static class UpdateTimeChecks
{
    private const int P = 16;

    public static IEnumerable<Check> All =>
    [
        .. Times,
        new(1, Ratio),
        new(1, bench => Coincide(bench, "ksync:1", "kbatchsync:1", 0)) { IsQuick = true },
        new(1, bench => Coincide(bench, "ksync:1", "kbatchsync:1", 1)) { IsQuick = true },
        new(1, bench => Coincide(bench, "kasync:1", "kbatchasync:1", 1)) { IsQuick = true },
        new(1, bench => Coincide(bench, "kbatchasync:1", "asp", 1)) { IsQuick = true },
        new(1, KAsyncBound),
    ];

    private static IEnumerable<Check> Times =>
        from shift in new[] { 0, 1 }
        let law = new ShiftedExponential(shift, 1)
        from k in new[] { 1, 4, 16 }
        from rule in new (string Name, double? Theory)[]
        {
            ("ksync", UpdateTimes.KSync(law, P, k)),
            ("kbatchsync", UpdateTimes.KBatchSync(law, P, k)),
            ("kasync", UpdateTimes.KAsync(law, P, k)),
            ("kbatchasync", UpdateTimes.KBatchAsync(law, P, k)),
        }
        where rule.Theory is not null
        select new Check(1, bench => [VerificationRow.Statistical($"E[T] {rule.Name}:{k}, D = {shift}", Time(bench, $"{rule.Name}:{k}", law, k), rule.Theory!.Value)]) { IsQuick = shift > 0 && rule.Name == "ksync" };

    /// <summary>Mean time of an update. Where all begin anew at each update its times are independent; else neighbours depend on each other.</summary>
    private static Estimate Time(Bench bench, string rule, ShiftedExponential law, int k, int times = 1)
    {
        var restarts = rule == "bsp" || rule.StartsWith("ksync", StringComparison.Ordinal) || rule.StartsWith("kbatchsync", StringComparison.Ordinal);
        var probe = new UpdateProbe(warmUp: 200);
        bench.Run(new Play(rule, P, 200 + (times * Updates(rule, law, k, restarts)), Play.Shifted(law.Shift)), probe);
        return restarts ? Estimate.OfIndependent(probe.Intervals) : Estimate.OfSeries(probe.Intervals);
    }

    /// <summary>As many as a standard error below 0.4 % needs. That of a series is less well known, and so has more room.</summary>
    private static long Updates(string rule, ShiftedExponential law, int k, bool restarts)
    {
        var isOfAny = rule.StartsWith("kbatchasync", StringComparison.Ordinal) || rule == "asp" || (law.Shift == 0 && rule.StartsWith("kbatch", StringComparison.Ordinal));
        var relative = isOfAny ? 1 / (law.Rate * law.Mean * Math.Sqrt(k)) : law.OrderDeviation(k, P) / law.OrderStatistic(k, P);
        return RunLengths.For(relative, restarts ? RunLengths.Independent : RunLengths.Series);
    }

    private static IEnumerable<VerificationRow> Ratio(Bench bench)
    {
        var together = Time(bench, "bsp", ShiftedExponential.Unit, P, times: 2);
        var alone = Time(bench, "asp", ShiftedExponential.Unit, 1, times: 2);
        yield return VerificationRow.Statistical("E[T] bsp, D = 0", together, UpdateTimes.BulkSynchronous(ShiftedExponential.Unit, P));
        yield return VerificationRow.Statistical("E[T] asp, D = 0", alone, UpdateTimes.Asynchronous(ShiftedExponential.Unit, P));
        yield return VerificationRow.Statistical("bsp / asp: P H_P", together.Over(alone), UpdateTimes.SynchronousOverAsynchronous(ShiftedExponential.Unit, P));
    }

    /// <summary>With K = 1 pairs of rules do the same at the same time, update by update; but for the last P, before which asynchronous rules differ in who still begins.</summary>
    private static IEnumerable<VerificationRow> Coincide(Bench bench, string one, string other, double shift)
    {
        var (first, second) = (Intervals(bench, one, shift), Intervals(bench, other, shift));
        yield return VerificationRow.Exact($"{one} = {other}, D = {shift}: updates at another time", first.Zip(second).SkipLast(P).Count(pair => pair.First != pair.Second), 0);
    }

    private static IReadOnlyList<double> Intervals(Bench bench, string rule, double shift)
    {
        var probe = new UpdateProbe();
        bench.Run(new Play(rule, P, 2000, Play.Shifted(shift)), probe);
        return probe.Intervals;
    }

    /// <summary>Where what is left of a service time is shorter than a new one, K-async is no slower than K-sync.</summary>
    private static IEnumerable<VerificationRow> KAsyncBound(Bench bench)
    {
        var time = Time(bench, "kasync:4", new(1, 1), 4, times: 5);
        var judge = new KAsyncReference(4).Run(new ServiceTimes(new ShiftedExponential(1, 1), P, bench.Seed), 100_000, warmUp: 2000);
        yield return VerificationRow.Statistical("E[T] kasync:4, D = 1 (reference)", time.Beside(Estimate.OfSeries(judge.Intervals)), judge.TimePerUpdate);
        yield return VerificationRow.Holds("E[T] kasync:4, D = 1: below K-sync's", time.Mean < UpdateTimes.KAsyncBound(new(1, 1), P, 4));
    }
}
