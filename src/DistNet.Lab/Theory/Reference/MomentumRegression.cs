using DistNet.Numerics;
using MathNet.Numerics.LinearRegression;

namespace DistNet.Lab;

/// <summary>
/// The momentum that asynchrony begets, found by least squares: displacements of the mean of many runs on w^2 / 2, d_(t+1) on d_t and -E[w_t]. In each step a
/// worker drawn uniformly (exponential service) applies the gradient of the weights that it read.
/// </summary>
public static class MomentumRegression
{
    /// <summary>Momentum and effective rate.</summary>
    /// <param name="workers">M.</param>
    /// <param name="rate">alpha.</param>
    /// <param name="runs">Runs averaged over.</param>
    /// <param name="steps">Steps of each.</param>
    /// <param name="seed">Of the order of the workers.</param>
    public static (double Momentum, double Rate) Estimate(int workers, double rate, int runs, int steps, ulong seed)
    {
        var mean = MeanPath(workers, rate, runs, steps, seed);
        var rows = Enumerable.Range(1, steps - 1).ToArray();

        // E[w_(t+1)] - E[w_t] = momentum (E[w_t] - E[w_(t-1)]) + rate (-E[w_t])
        var fit = MultipleRegression.QR(
            [.. rows.Select(t => new[] { mean[t] - mean[t - 1], -mean[t] })],
            [.. rows.Select(t => mean[t + 1] - mean[t])]);
        return (fit[0], fit[1]);
    }

    /// <summary>E[w_t] for t = 0 .. steps, from w_0 = 1.</summary>
    private static double[] MeanPath(int workers, double rate, int runs, int steps, ulong seed)
    {
        var sum = new double[steps + 1];
        var read = new double[workers];
        for (var run = 0; run < runs; run++)
        {
            var luck = Luck.Key(seed, LuckPurpose.Laboratory, (uint)run);
            Array.Fill(read, 1.0);
            var w = 1.0;
            sum[0] += w;
            for (var step = 0; step < steps; step++)
            {
                var worker = luck.Below((ulong)step, workers);
                w -= rate * read[worker];
                read[worker] = w;
                sum[step + 1] += w;
            }
        }

        return [.. sum.Select(total => total / runs)];
    }
}
