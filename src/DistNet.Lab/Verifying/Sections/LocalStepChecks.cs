using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>
/// Section 9: local SGD (Stich 2018). With data that are alike the noise floor after averaging is that of mini-batches for every H; with shards that differ in
/// curvature as well as in their optimum it is not the optimum that is reached.
/// </summary>
internal static class LocalStepChecks
{
    private const int P = 8;
    private const double Rate = 0.1;
    private const double Noise = 0.3;
    private const int Coordinates = 256;

    public static IEnumerable<Check> All =>
    [
        .. new[] { 1, 4, 16 }.Select(steps => new Check(9, bench => Alike(bench, steps))),
        new(9, NotAlike) { IsQuick = true },
    ];

    private static IEnumerable<VerificationRow> Alike(Bench bench, int steps)
    {
        var averagings = Math.Max(1500, 8000 / steps);
        var values = new List<double>();
        var probe = new WeightsProbe((version, weights) => AddValue(version, weights, 400 / steps, values));
        var play = new Play($"local:{steps}", P, averagings, Play.Constant)
        {
            Objective = new QuadraticObjective { Length = Coordinates, Noise = Noise },
            Rate = Rate,
        };
        bench.Run(play, probe);
        yield return VerificationRow.Statistical(
            $"noise floor local:{steps}, P = {P}, data alike", Estimate.OfSeries(values), NoiseFloors.LocalSteps(Rate, 1, Noise * Noise, P));
    }

    private static void AddValue(long version, ReadOnlySpan<float> weights, int warmUp, List<double> values)
    {
        var sum = 0.0;
        foreach (var weight in weights[..Coordinates])
        {
            sum += (double)weight * weight;
        }

        if (version > warmUp)
        {
            values.Add(sum / 2 / Coordinates);
        }
    }

    /// <summary>Two kinds of shards, without noise: h = 1 around 0, and h = 3 around 1. Their sum is least at 3/4; H steps each end where their contractions balance.</summary>
    private static IEnumerable<VerificationRow> NotAlike(Bench bench)
    {
        foreach (var steps in new[] { 1, 16 })
        {
            var at = 0.0;
            var probe = new WeightsProbe((_, weights) => at = weights[0]);
            bench.Run(new Play($"local:{steps}", P, 400, Play.Constant) { Objective = new QuadraticObjective(), Gradient = Unlike, Rate = Rate }, probe);
            yield return VerificationRow.Within($"local:{steps}, shards not alike: where it ends, float32", at, FixedPoint(steps), 2e-6);
        }
    }

    private static void Unlike(long step, int lane, ReadOnlySpan<float> weights, Span<float> gradient) =>
        gradient[0] = lane % 2 == 0 ? weights[0] : 3 * (weights[0] - 1);

    /// <summary>w = ((1 - eta)^H w + (1 - 3 eta)^H (w - 1) + 1) / 2. For H = 1 that is 3/4, the optimum.</summary>
    private static double FixedPoint(int steps)
    {
        var (flat, steep) = (1 - Math.Pow(1 - Rate, steps), 1 - Math.Pow(1 - (3 * Rate), steps));
        return steep / (flat + steep);
    }
}
