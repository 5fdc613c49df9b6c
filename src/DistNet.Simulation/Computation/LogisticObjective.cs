using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>
/// Logistic regression on synthetic samples from w = 0: f(w) = mean over samples of ln(1 + exp(-y x.w)) + lambda |w|^2 / 2. Features x are
/// standard normal; the label y = +1 or -1 is drawn with the probability that a hidden vector, standard normal too, gives it. The
/// samples of a unit are drawn with replacement.
/// </summary>
public sealed record LogisticObjective : Objective
{
    public override int Dimension => Length;

    /// <summary>Length of w.</summary>
    public int Length { get; init; } = 10;

    /// <summary>Number of samples.</summary>
    public int Samples { get; init; } = 1000;

    /// <summary>Weight of the penalty.</summary>
    public double Lambda { get; init; }

    public override InitializerKind Initializer => InitializerKind.Zeros;

    public override string ToString() => FormattableString.Invariant($"logistic:dimension={Length},samples={Samples},lambda={Lambda}");

    internal override IUnitFunction CreateFunction(ulong seed, int parameters) => new Function(this, seed);

    private sealed class Function : IUnitFunction
    {
        // Keys of steps have lanes below 2^16 for their second word; these are apart from them.
        private const uint Features = uint.MaxValue;
        private const uint Labels = uint.MaxValue - 1;
        private const uint Hidden = uint.MaxValue - 2;

        private readonly LogisticObjective _objective;
        private readonly ulong _seed;
        private readonly float[] _signed;

        public Function(LogisticObjective objective, ulong seed)
        {
            (_objective, _seed) = (objective, seed);
            _signed = new float[objective.Samples * objective.Length];
            Draw();
        }

        public double Evaluate(long step, int lane, int samples, ReadOnlySpan<float> weights, Span<float> gradient)
        {
            weights = weights[..gradient.Length];
            var key = Luck.Key(_seed, LuckPurpose.Objective, (uint)step, (uint)lane, (uint)(step >> 32));
            var loss = Penalise(weights, gradient);
            for (var i = 0; i < samples; i++)
            {
                loss += Add(key.Below((ulong)i, _objective.Samples), 1.0 / samples, weights, gradient);
            }

            return loss;
        }

        /// <summary>Adds a sample's part of the gradient; its part of the loss.</summary>
        private double Add(int sample, double share, ReadOnlySpan<float> weights, Span<float> gradient)
        {
            var row = _signed.AsSpan(sample * gradient.Length, gradient.Length);
            var margin = Dot(row, weights);
            var slope = (float)(-share / (1 + Math.Exp(margin)));
            for (var i = 0; i < row.Length; i++)
            {
                gradient[i] += slope * row[i];
            }

            return share * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
        }

        private double Penalise(ReadOnlySpan<float> weights, Span<float> gradient)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = (float)_objective.Lambda * weights[i];
            }

            return _objective.Lambda * Dot(weights, weights) / 2;
        }

        /// <summary>Only y x is ever needed.</summary>
        private void Draw()
        {
            var hidden = Normals(Hidden, _objective.Length);
            Normals(Features, _signed.Length).CopyTo(_signed, 0);
            var labels = Luck.Key(_seed, LuckPurpose.Objective, 0, Labels);
            for (var sample = 0; sample < _objective.Samples; sample++)
            {
                var row = _signed.AsSpan(sample * hidden.Length, hidden.Length);
                if (labels.Uniform((ulong)sample) >= 1 / (1 + Math.Exp(-Dot(row, hidden))))
                {
                    Negate(row);
                }
            }
        }

        private float[] Normals(uint what, int count)
        {
            var key = Luck.Key(_seed, LuckPurpose.Objective, 0, what);
            return [.. Enumerable.Range(0, count).Select(i => key.Normal((ulong)i))];
        }

        private static void Negate(Span<float> row)
        {
            foreach (ref var value in row)
            {
                value = -value;
            }
        }

        private static double Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
        {
            var sum = 0.0;
            for (var i = 0; i < one.Length; i++)
            {
                sum += (double)one[i] * other[i];
            }

            return sum;
        }
    }
}
