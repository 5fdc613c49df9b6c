using DistNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace DistNet.Lab;

/// <summary>
/// The momentum that asynchrony begets, found by regression: displacements of the mean of many runs on w^2 / 2, d_(t+1) on d_t and -E[w_t]. In each step a
/// worker drawn uniformly (exponential service) applies the gradient of the weights that it read.
/// </summary>
public static class MomentumRegression
{
    /// <summary>
    /// Momentum and effective rate. A mean of finitely many runs is noisy, and noise on the right-hand side pulls least squares towards 0; so the instruments
    /// are the same displacements of other runs, whose noise is independent.
    /// </summary>
    /// <param name="workers">M.</param>
    /// <param name="rate">alpha.</param>
    /// <param name="runs">Runs averaged over, half of them for the instruments.</param>
    /// <param name="steps">Steps of each.</param>
    /// <param name="seed">Of the order of the workers.</param>
    public static (double Momentum, double Rate) Estimate(int workers, double rate, int runs, int steps, ulong seed)
    {
        var mean = MeanPath(workers, rate, Enumerable.Range(0, runs / 2), steps, seed);
        var instruments = Regressors(MeanPath(workers, rate, Enumerable.Range(runs / 2, runs / 2), steps, seed)).Transpose();
        var next = Vector<double>.Build.Dense(steps - 1, t => mean[t + 2] - mean[t + 1]);
        var fit = (instruments * Regressors(mean)).Solve(instruments * next);
        return (fit[0], fit[1]);
    }

    /// <summary>E[w_(t+1) - w_t] = momentum E[w_t - w_(t-1)] + rate (-E[w_t]), a row for each t from 1.</summary>
    private static Matrix<double> Regressors(double[] mean) =>
        Matrix<double>.Build.Dense(mean.Length - 2, 2, (t, column) => column == 0 ? mean[t + 1] - mean[t] : -mean[t + 1]);

    /// <summary>E[w_t] for t = 0 .. steps, from w_0 = 1.</summary>
    private static double[] MeanPath(int workers, double rate, IEnumerable<int> runs, int steps, ulong seed)
    {
        var count = 0;
        var sum = new double[steps + 1];
        var read = new double[workers];
        foreach (var run in runs)
        {
            count++;
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

        return [.. sum.Select(total => total / count)];
    }
}
