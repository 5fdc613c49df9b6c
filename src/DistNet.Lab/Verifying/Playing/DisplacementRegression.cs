using System.Numerics.Tensors;
using DistNet.Protocol;
using MathNet.Numerics.LinearAlgebra;

namespace DistNet.Lab;

/// <summary>
/// E[w_(t+1) - w_t] = momentum E[w_t - w_(t-1)] - rate E[w_t] holds given any past of the run up to w_(t-1), because with exponential service times whoever
/// finishes next is drawn uniformly. So one long run under noise has as many equations as versions, where published figures took a mean over many short runs;
/// and what was known at w_(t-1) is an instrument: that version, and the sum of the versions that lanes were computing on then, from which the expectation of
/// w_t - w_(t-1) follows. (Plain least squares would be pulled towards 0 by the noise of w_t - w_(t-1).) For one server, and a worker for each lane.
/// </summary>
/// <param name="lanes">P.</param>
/// <param name="length">Coordinates, each an observation.</param>
/// <param name="warmUp">Versions that do not count.</param>
internal sealed class DisplacementRegression(int lanes, int length, long warmUp) : Probe
{
    private const int VersionsInBatch = 1000;

    private readonly float[][] _reads = Vectors(lanes, length);
    private readonly float[][] _versions = Vectors(4, length);
    private readonly float[][] _sums = Vectors(4, length);
    private readonly float[] _next = new float[length];
    private readonly float[] _last = new float[length];
    private readonly List<(Matrix<double> Left, Vector<double> Right)> _batches = [];

    /// <summary>Each version goes to one lane, which has just been applied.</summary>
    public override void OnInput(ActorId actor, in Input input)
    {
        if (input.Body is Envelope<Parameters> parameters)
        {
            Add(actor.Index, parameters.Message.Version, parameters.Message.Values.Span[..length]);
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

    private void Add(int lane, long version, ReadOnlySpan<float> weights)
    {
        var (sum, before) = (At(_sums, version), At(_sums, Math.Max(0, version - 1)));
        TensorPrimitives.Subtract(before, _reads[lane], sum);
        TensorPrimitives.Add(sum, weights, sum);
        weights.CopyTo(_reads[lane]);
        weights.CopyTo(At(_versions, version));
        if (version > warmUp)
        {
            Count(version);
        }
    }

    private static float[] At(float[][] ring, long version) => ring[version % ring.Length];

    private void Count(long version)
    {
        TensorPrimitives.Subtract(At(_versions, version), At(_versions, version - 1), _next);
        TensorPrimitives.Subtract(At(_versions, version - 1), At(_versions, version - 2), _last);
        if (_batches.Count == 0 || version % VersionsInBatch == 0)
        {
            _batches.Add((Matrix<double>.Build.Dense(2, 2), Vector<double>.Build.Dense(2)));
        }

        Count(0, At(_versions, version - 2), At(_versions, version - 1));
        Count(1, At(_sums, version - 2), At(_versions, version - 1));
    }

    private void Count(int row, float[] instrument, float[] now)
    {
        var (left, right) = _batches[^1];
        left[row, 0] += TensorPrimitives.Dot(instrument, _last);
        left[row, 1] -= TensorPrimitives.Dot(instrument, now);
        right[row] += TensorPrimitives.Dot(instrument, _next);
    }

    private static float[][] Vectors(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new float[length])];
}
