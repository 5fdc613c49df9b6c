using DistNet.Learning;

namespace DistNet.Simulation;

/// <summary>Only time counts: every gradient is zero, and the vector as short as it can be.</summary>
public sealed record NoObjective : Objective
{
    public override int Dimension => 0;

    public override InitializerKind Initializer => InitializerKind.Zeros;

    public override string ToString() => "none";

    internal override IUnitFunction CreateFunction(ulong seed, int parameters) => new Nothing();

    private sealed class Nothing : IUnitFunction
    {
        public double Evaluate(long step, int lane, int samples, ReadOnlySpan<float> weights, Span<float> gradient)
        {
            gradient.Clear();
            return 0;
        }
    }
}
