using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace DistNet.Lab;

/// <summary>
/// E[w_(t+1) - w_t] = momentum E[w_t - w_(t-1)] - rate E[w_t] holds given any past of the run up to w_(t-1), because with exponential service times whoever
/// finishes next is drawn uniformly. So one long run under noise has as many equations as versions, and what was known at w_(t-1) is an instrument: w_(t-1) and
/// how far it has come since P versions earlier. Least squares would be pulled towards 0 by the noise that w_t - w_(t-1) has.
/// </summary>
/// <param name="lanes">P.</param>
/// <param name="length">Coordinates, each an observation.</param>
/// <param name="warmUp">Versions that do not count.</param>
internal sealed class DisplacementRegression(int lanes, int length, long warmUp)
{
    private const int VersionsInBatch = 1000;

    private readonly float[][] _past = [.. Enumerable.Range(0, lanes + 3).Select(_ => new float[length])];
    private readonly float[] _next = new float[length];
    private readonly float[] _last = new float[length];
    private readonly float[] _way = new float[length];
    private readonly List<(Matrix<double> Left, Vector<double> Right)> _batches = [];
    private long _seen;

    /// <summary>Takes every version once, in order.</summary>
    public void Add(long version, ReadOnlySpan<float> weights)
    {
        weights[..length].CopyTo(At(version));
        if (++_seen > warmUp + lanes + 3)
        {
            Count(version);
        }
    }

    /// <summary>Momentum and rate, with standard errors by the jackknife over batches.</summary>
    public (Estimate Momentum, Estimate Rate) Fit()
    {
        var left = _batches.Select(batch => batch.Left).Aggregate((one, other) => one + other);
        var right = _batches.Select(batch => batch.Right).Aggregate((one, other) => one + other);
        var all = left.Solve(right);
        var without = _batches.Select(batch => (left - batch.Left).Solve(right - batch.Right)).ToArray();
        Estimate Of(int i) => Estimate.OfIndependent([.. without.Select(fit => (_batches.Count * all[i]) - ((_batches.Count - 1) * fit[i]))]);
        return (Of(0), Of(1));
    }

    private float[] At(long version) => _past[version % _past.Length];

    private void Count(long version)
    {
        var (next, now, before, earlier) = (At(version), At(version - 1), At(version - 2), At(version - 2 - lanes));
        TensorPrimitives.Subtract(next, now, _next);
        TensorPrimitives.Subtract(now, before, _last);
        TensorPrimitives.Subtract(before, earlier, _way);
        if (_batches.Count == 0 || _seen % VersionsInBatch == 0)
        {
            _batches.Add((Matrix<double>.Build.Dense(2, 2), Vector<double>.Build.Dense(2)));
        }

        var (left, right) = _batches[^1];
        Add(0, before, now, left, right);
        Add(1, _way, now, left, right);
    }

    private void Add(int row, float[] instrument, float[] now, Matrix<double> left, Vector<double> right)
    {
        left[row, 0] += TensorPrimitives.Dot(instrument, _last);
        left[row, 1] -= TensorPrimitives.Dot(instrument, now);
        right[row] += TensorPrimitives.Dot(instrument, _next);
    }
}
