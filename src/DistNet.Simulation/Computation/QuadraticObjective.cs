using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>
/// f(w) = lambda |w|^2 / 2 from w = (1, ..., 1). Each coordinate of a unit's mean gradient, lambda w, has normal noise of its own, whose
/// standard deviation is that of the unit and does not depend on the samples in it: the mean of K units has a variance of noise^2 / K.
/// </summary>
public sealed record QuadraticObjective : Objective
{
    public double Lambda { get; init; } = 1;

    public override int Dimension => Length;

    /// <summary>Length of w.</summary>
    public int Length { get; init; } = 1;

    /// <summary>Standard deviation of a coordinate of a unit's gradient.</summary>
    public double Noise { get; init; }

    public override InitializerKind Initializer => InitializerKind.Ones;

    public override string ToString() => FormattableString.Invariant($"quadratic:lambda={Lambda},dimension={Length},noise={Noise}");

    internal override IUnitFunction CreateFunction(ulong seed, int parameters) => new Function(this, seed);

    private sealed class Function(QuadraticObjective objective, ulong seed) : IUnitFunction
    {
        private readonly float _lambda = (float)objective.Lambda;
        private readonly float _noise = (float)objective.Noise;

        public double Evaluate(long step, int lane, int samples, ReadOnlySpan<float> weights, Span<float> gradient)
        {
            var key = Luck.Key(seed, LuckPurpose.Objective, (uint)step, (uint)lane, (uint)(step >> 32));
            var squares = 0.0;
            for (var i = 0; i < gradient.Length; i++)
            {
                squares += (double)weights[i] * weights[i];
                gradient[i] = (_lambda * weights[i]) + (_noise == 0 ? 0 : _noise * key.Normal((ulong)i));
            }

            return objective.Lambda * squares / 2;
        }
    }
}
