using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Simulation;

/// <summary>
/// What is minimised where no network is trained: a function of a vector, known in closed form. A unit, one lane's shard, is one look at
/// it; a look at the same step by the same lane sees the same, whoever computes it and how often.
/// </summary>
public abstract record Objective
{
    /// <summary>Length of the vector; 0: as short as the servers allow.</summary>
    public abstract int Dimension { get; }

    /// <summary>Where it begins.</summary>
    public abstract InitializerKind Initializer { get; }

    /// <summary>Makes what computes it; not for several threads.</summary>
    /// <param name="seed">Of noise and samples.</param>
    /// <param name="parameters">Length of the vector.</param>
    internal abstract IUnitFunction CreateFunction(ulong seed, int parameters);
}

/// <summary>The gradient of one unit.</summary>
internal interface IUnitFunction
{
    /// <summary>Writes the mean gradient over the unit's samples; the mean loss.</summary>
    /// <param name="step">Global batch.</param>
    /// <param name="lane">Whose shard of it.</param>
    /// <param name="samples">Samples in it, at least 1.</param>
    /// <param name="weights">Where; may be longer than the vector.</param>
    /// <param name="gradient">Takes the gradient.</param>
    public double Evaluate(long step, int lane, int samples, ReadOnlySpan<float> weights, Span<float> gradient);
}
