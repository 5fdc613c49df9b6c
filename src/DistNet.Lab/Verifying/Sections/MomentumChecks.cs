using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Section 6: asynchrony begets momentum (Mitliagkas et al. 2016).</summary>
internal static class MomentumChecks
{
    private const int Coordinates = 256;

    /// <summary>High rates, because then the weights stand out of the noise, and long runs for many lanes, because what they have to show is small.</summary>
    public static IEnumerable<Check> All => new[] { (4, 0.3, 110_000), (8, 0.2, 140_000), (16, 0.15, 220_000) }
        .Select(cell => new Check(6, bench => Momentum(bench, cell.Item1, cell.Item2, cell.Item3)));

    private static IEnumerable<VerificationRow> Momentum(Bench bench, int lanes, double rate, long updates)
    {
        var regression = new DisplacementRegression(lanes, Coordinates, warmUp: 1000);
        var play = new Play("asp", lanes, updates, Play.Shifted(0))
        {
            Objective = new QuadraticObjective { Length = Coordinates, Noise = 1 },
            Rate = rate,
        };
        bench.Run(play, regression);
        var (momentum, effective) = regression.Fit();
        yield return VerificationRow.Statistical($"P = {lanes}: momentum 1 - 1/P", momentum, ImplicitMomentum.Momentum(lanes));
        yield return VerificationRow.Statistical($"P = {lanes}: rate alpha / P", effective, ImplicitMomentum.EffectiveRate(rate, lanes));
    }
}
