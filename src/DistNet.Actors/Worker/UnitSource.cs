using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Decides which unit a worker computes next. Holds the parameters that its units are computed on.</summary>
internal abstract class UnitSource
{
    /// <summary>True when nothing could begin on these parameters any more: they came late, or twice.</summary>
    public abstract bool IsStale(in Parameters parameters);

    /// <summary>A version is here, whole. The source takes the vector over.</summary>
    public abstract void OnParameters(ParameterAssembly parameters);

    public abstract void OnLanes(LaneRange lanes);

    public virtual void OnHorizon(long version)
    {
    }

    /// <summary>Lanes hosted elsewhere, of one step, to compute here too.</summary>
    public virtual void OnAssist(long step, LaneRange lanes)
    {
    }

    /// <summary>True when work on this order cannot be of use any more.</summary>
    public abstract bool IsObsolete(GradientOrder order);

    /// <summary>Fills the order with the next unit's nodes and a held copy of its parameters; false when there is none.</summary>
    public abstract bool TryNext(GradientOrder order, TimeSpan now);

    /// <summary>Lets go of everything: a new generation, or the end.</summary>
    public abstract void Reset();
}
