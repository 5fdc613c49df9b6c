using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Decides which unit a worker computes next, and what becomes of its gradient. Holds the parameters that its units are computed on.</summary>
internal abstract class UnitSource
{
    /// <summary>True when nothing could begin on these parameters any more: they came late, or twice.</summary>
    public abstract bool IsStale(in Parameters parameters);

    /// <summary>True when an older version that has not arrived whole is of no use once a newer one has.</summary>
    public abstract bool WantsNewestOnly { get; }

    /// <summary>A version is here, whole. The source takes the vector over.</summary>
    public abstract void OnParameters(ParameterAssembly parameters);

    /// <summary>True when work on this order cannot be of use any more.</summary>
    public abstract bool IsObsolete(GradientOrder order);

    /// <summary>Fills the order with the next unit's nodes and a held copy of what it is computed on; false when there is none.</summary>
    public abstract bool TryNext(GradientOrder order, TimeSpan now);

    /// <summary>A band of the order's gradient is there, for every node; it stays the order's.</summary>
    public abstract void OnBand(GradientOrder order, in GradientBand band, Outbox outbox);

    /// <summary>Lets go of everything: a new generation, or the end.</summary>
    public abstract void Reset();
}
