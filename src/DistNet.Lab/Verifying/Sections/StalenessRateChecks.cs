using DistNet.Actors;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Section 7: a rate divided by staleness (Zhang et al. 2016), on lambda w^2 / 2 with noise of deviation 0.3 and random delay, D = 1.</summary>
internal static class StalenessRateChecks
{
    private static readonly CorrectionSpec ByStaleness = new(CorrectionKind.StalenessRate);

    public static IEnumerable<Check> All =>
    [
        .. new[] { (8, 0.5), (16, 0.5), (16, 0.2) }.Select(cell => new Check(7, bench => Cure(bench, cell.Item1, cell.Item2))),
        new(7, Scales) { IsQuick = true },
    ];

    private static IEnumerable<VerificationRow> Cure(Bench bench, int lanes, double rate)
    {
        yield return VerificationRow.Holds($"asp, P = {lanes}, rate x curvature {rate}: diverges", Diverges(bench, lanes, rate, CorrectionSpec.None));
        yield return VerificationRow.Holds($"staleness-lr, P = {lanes}, rate x curvature {rate}: does not", !Diverges(bench, lanes, rate, ByStaleness));
    }

    private static bool Diverges(Bench bench, int lanes, double rate, CorrectionSpec correction) =>
        bench.TryRun(Noisy(lanes, 100_000) with { Rate = rate, Correction = correction }).Failure is { } failure
            && (failure.Contains("is not finite", StringComparison.Ordinal) ? true : throw new InvalidOperationException(failure));

    /// <summary>Every unit of a run: the scale that servers are told against the staleness counted from the commands.</summary>
    private static IEnumerable<VerificationRow> Scales(Bench bench)
    {
        var (units, wrong) = (0L, 0L);
        var probe = new CommandProbe(16)
        {
            OnUnit = (unit, staleness) =>
            {
                units++;
                wrong += unit.Scale == (float)StalenessAwareRate.Of(1, (int)staleness) ? 0 : 1;
            },
        };
        bench.Run(Noisy(16, 20_000) with { Rate = 0.1, Correction = ByStaleness }, probe);
        yield return VerificationRow.Exact($"staleness-lr: units whose rate is not rate / staleness, of {units}", wrong, 0);
    }

    private static Play Noisy(int lanes, long updates) => new("asp", lanes, updates, Play.Shifted(1)) { Objective = new QuadraticObjective { Noise = 0.3 } };
}
