using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Section 8: DC-ASGD (Zheng et al. 2017), with constant service times, so that every gradient is P - 1 versions old.</summary>
internal static class DelayCompensationChecks
{
    private const int P = 16;

    /// <summary>Above what plain asynchronous descent bears with this delay: 2 sin(pi / 62) = 0.1013.</summary>
    private const double Rate = 0.15;

    public static IEnumerable<Check> All =>
    [
        new(8, _ => [SerialDescent(3), SerialDescent(15)]) { IsQuick = true },
        new(8, bench => [Published(bench, new CorrectionSpec(CorrectionKind.DelayConstant, 0.5f)), Published(bench, new CorrectionSpec(CorrectionKind.DelayAdaptive, 0.05f))]) { IsQuick = true },
        new(8, Floor),
    ];

    /// <summary>With the curvature h in place of l g o g, which l = h / g^2 at each step makes of it, it is serial descent for any delay. The arithmetic alone, in single precision.</summary>
    private static VerificationRow SerialDescent(int delay)
    {
        const float Curvature = 0.7f;
        const float Eta = 0.4f;
        Span<float> sum = stackalloc float[8];
        Span<float> weights = stackalloc float[8];
        Span<float> read = stackalloc float[8];
        Span<float> compensated = stackalloc float[8];
        var path = Enumerable.Repeat(1f, delay + 1).ToList();
        var serial = 1.0;
        var error = 0.0;
        for (var step = 0; step < 40; step++)
        {
            weights.Fill(path[^1]);
            read.Fill(path[^(delay + 1)]);
            var gradient = Curvature * read[0];
            sum.Fill(gradient);
            DelayCompensation.Apply(sum, weights, read, default, compensated, Curvature / (gradient * gradient), 0, 1);
            path.Add(path[^1] - (Eta * compensated[0]));
            serial *= 1 - (Eta * Curvature);
            error = Math.Max(error, Math.Abs(path[^1] - serial));
        }

        return VerificationRow.Within($"g o g replaced by h, tau = {delay}: distance from serial descent, float32", error, 0, 5e-7);
    }

    /// <summary>The shipped actors against the published recursion, in double precision, on w^2 / 2 from 1.</summary>
    private static VerificationRow Published(Bench bench, CorrectionSpec correction)
    {
        const int Updates = 400;
        var path = new List<double>();
        var probe = new WeightsProbe((_, weights) => path.Add(weights[0]));
        bench.Run(new Play("asp", P, Updates, Play.Constant) { Objective = new QuadraticObjective(), Correction = correction, Rate = 0.05 }, probe);
        var expected = Recursion(correction, 0.05, path.Count);
        var error = path.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second));
        return VerificationRow.Within($"{NameOf(correction)}, tau = {P - 1}: distance from the published recursion, float32", error, 0, 1e-6);
    }

    private static string NameOf(CorrectionSpec correction) => correction.Kind == CorrectionKind.DelayAdaptive ? "dcasgd-a" : "dcasgd-c";

    private static List<double> Recursion(CorrectionSpec correction, double rate, int count)
    {
        var path = new List<double> { 1 };
        var square = 0.0;
        while (path.Count < count)
        {
            var read = path[Math.Max(0, path.Count - P)];
            var lambda = (double)correction.Lambda;
            if (correction.Kind == CorrectionKind.DelayAdaptive)
            {
                square = (CorrectionSpec.MeanSquareDecay * square) + ((1 - CorrectionSpec.MeanSquareDecay) * read * read);
                lambda /= Math.Sqrt(square + 1e-7);
            }

            path.Add(path[^1] - (rate * (read + (lambda * read * read * (path[^1] - read)))));
        }

        return path;
    }

    /// <summary>
    /// Gradients of w^2 / 2 that are +G or -G, with the mean w: g o g is G^2 whatever the weights, so with l = 1 / G^2 the shipped rule has exactly the true curvature, and
    /// its noise floor is serial descent's, eta G^2 / 4: from E[w^2] = (1 - eta)^2 E[w^2] + eta^2 (G^2 - E[w^2]). Without correction this rate diverges.
    /// </summary>
    private static IEnumerable<VerificationRow> Floor(Bench bench)
    {
        const int Coordinates = 256;
        const float G = 1;
        var values = new List<double>();
        var probe = new WeightsProbe((version, weights) =>
        {
            if (version > 1000)
            {
                values.Add(SquaresOf(weights[..Coordinates]) / 2 / Coordinates);
            }
        });
        var play = new Play("asp", P, 9000, Play.Constant)
        {
            Objective = new QuadraticObjective { Length = Coordinates },
            Gradient = (step, lane, weights, gradient) => DrawSigns(Luck.Key(bench.Seed, LuckPurpose.Laboratory, (uint)step, (uint)lane), G, weights, gradient),
            Correction = new CorrectionSpec(CorrectionKind.DelayConstant, 1 / (G * G)),
            Rate = Rate,
        };
        bench.Run(play, probe);
        yield return VerificationRow.Statistical($"dcasgd, tau = {P - 1}, rate {Rate} x curvature 1: noise floor", Estimate.OfSeries(values), Rate * G * G / 4);
        var plain = bench.TryRun(play with { Correction = CorrectionSpec.None, Gradient = null, Updates = 200_000 });
        yield return VerificationRow.Holds($"asp, tau = {P - 1}, rate {Rate} x curvature 1: diverges", plain.Failure is not null);
    }

    private static void DrawSigns(LuckKey luck, float size, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = luck.Uniform((ulong)i) < (1 + (weights[i] / size)) / 2 ? size : -size;
        }
    }

    private static double SquaresOf(ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += (double)weight * weight;
        }

        return sum;
    }
}
