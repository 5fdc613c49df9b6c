namespace DistNet.Lab;

/// <summary>Section 3: N of N + b (Chen et al. 2016).</summary>
internal static class BackupChecks
{
    private static readonly ShiftedExponential Law = new(1, 1);

    public static IEnumerable<Check> All =>
        new[] { (32, 0), (32, 1), (32, 2), (32, 4), (96, 4) }.Select(size => new Check(3, bench => Backup(bench, size.Item1, size.Item2)));

    private static IEnumerable<VerificationRow> Backup(Bench bench, int needed, int spare)
    {
        var lanes = needed + spare;
        var times = new UpdateProbe();
        var commands = new CommandProbe(lanes);
        var play = new Play($"backup:{spare}", lanes, Updates(needed, lanes), Play.Shifted(Law.Shift));
        var summary = bench.Run(play, times, commands).Summary!;
        yield return VerificationRow.Statistical(
            $"E[T] N = {needed}, b = {spare}", Estimate.OfIndependent(times.Intervals), UpdateTimes.Backup(Law, lanes, spare));
        yield return VerificationRow.Exact($"N = {needed}, b = {spare}: greatest staleness", commands.Counts.Count - 1, 0);
        yield return VerificationRow.Exact(
            $"N = {needed}, b = {spare}: part dropped, by the ledger",
            summary.Ledger.Dropped.Samples / (double)(summary.Ledger.Applied + summary.Ledger.Dropped.Samples),
            BackupWorkers.DiscardedShare(needed, spare));
    }

    /// <summary>Spare workers cut the law's tail off, and with it most of the spread.</summary>
    private static long Updates(int needed, int lanes) => RunLengths.For(Law.OrderDeviation(needed, lanes) / Law.OrderStatistic(needed, lanes), RunLengths.Independent);
}
