using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What a lane computes its next unit on, and what it pushes. A worker computes one unit at a time.</summary>
internal abstract class LaneWeights
{
    public static LaneWeights Create(RunPlan plan, UpdateRule rule, TensorPool pool) => rule.LaneWeights switch
    {
        LaneWeightsKind.OwnSteps => new OwnSteps(plan, pool),
        LaneWeightsKind.Elastic => new ElasticWeights(plan, rule.Elasticity, pool),
        _ => new PulledWeights(plan),
    };

    /// <summary>A unit begins. Takes the parameters over.</summary>
    /// <returns>What it is computed on, held for the caller, and the number that tells it from the parameters; 0: it is them.</returns>
    public abstract (TensorSlice Weights, long Number) Begin(in LaneStart start, TensorSlice parameters);

    /// <summary>A band of the unit's gradient is there.</summary>
    public abstract void OnBand(GradientOrder order, in GradientBand band, Outbox outbox);

    /// <summary>The unit's last band has left.</summary>
    public virtual void End()
    {
    }

    /// <summary>Lets go of every lane's state.</summary>
    public virtual void Reset()
    {
    }
}

/// <summary>A lane computes on the parameters as they were read.</summary>
internal sealed class PulledWeights(RunPlan plan) : LaneWeights
{
    public override (TensorSlice Weights, long Number) Begin(in LaneStart start, TensorSlice parameters) => (parameters, 0);

    public override void OnBand(GradientOrder order, in GradientBand band, Outbox outbox) => Pusher.Push(plan, order, band, outbox);
}
