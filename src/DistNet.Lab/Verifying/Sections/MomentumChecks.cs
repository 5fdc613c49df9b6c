using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Section 6: asynchrony begets momentum (Mitliagkas et al. 2016).</summary>
internal static class MomentumChecks
{
    private const double Rate = 0.05;
    private const int Coordinates = 128;

    public static IEnumerable<Check> All => new[] { 4, 8, 16 }.Select(lanes => new Check(6, bench => Momentum(bench, lanes)));

    private static IEnumerable<VerificationRow> Momentum(Bench bench, int lanes)
    {
        var regression = new DisplacementRegression(lanes, Coordinates, warmUp: 1000);
        var play = new Play("asp", lanes, 160_000, Play.Shifted(0))
        {
            Objective = new QuadraticObjective { Length = Coordinates, Noise = 1 },
            Rate = Rate,
        };
        bench.Run(play, new WeightsProbe(regression.Add));
        var (momentum, rate) = regression.Fit();
        yield return VerificationRow.Statistical($"P = {lanes}: momentum 1 - 1/P", momentum, ImplicitMomentum.Momentum(lanes));
        yield return VerificationRow.Statistical($"P = {lanes}: effective rate alpha / P", rate, ImplicitMomentum.EffectiveRate(Rate, lanes));
    }
}
