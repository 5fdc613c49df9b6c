namespace DistNet.Lab;

/// <summary>Holds the shipped rules, in simulated runs whose links cost nothing, to the published formulas.</summary>
public static class Verification
{
    internal static readonly Check[] All =
    [
        .. UpdateTimeChecks.All,
        .. NoiseFloorChecks.All,
        .. StalenessChecks.All,
        .. BackupChecks.All,
        .. StaleSynchronousChecks.All,
        .. StabilityChecks.All,
        .. MomentumChecks.All,
        .. StalenessRateChecks.All,
        .. DelayCompensationChecks.All,
        .. LocalStepChecks.All,
        .. ElasticAveragingChecks.All,
        .. SameBitsChecks.All,
    ];

    /// <summary>All rows that are asked for, by section; the same options give the same rows.</summary>
    /// <param name="options">Without problems.</param>
    /// <param name="stop">Ends it without a report.</param>
    public static VerificationReport Run(VerificationOptions options, CancellationToken stop = default) =>
        Run(All.Where(check => options.Section is null || check.Section == options.Section), options, stop);

    /// <summary>Some checks only.</summary>
    internal static VerificationReport Run(IEnumerable<Check> checks, VerificationOptions options, CancellationToken stop = default)
    {
        var bench = new Bench(options.Subject, options.Seed, stop);
        var rows = checks
            .AsParallel().AsOrdered()
            .WithDegreeOfParallelism(options.Threads)
            .WithExecutionMode(ParallelExecutionMode.ForceParallelism)
            .WithMergeOptions(ParallelMergeOptions.FullyBuffered)
            .WithCancellation(stop)
            .Select(check => Carried(check, bench))
            .ToArray();
        return new VerificationReport([.. rows.SelectMany(some => some).OrderBy(row => row.Section)]);
    }

    private static VerificationRow[] Carried(Check check, Bench bench) =>
        [.. check.Measure(bench).Select(row => row with { Section = check.Section })];
}
