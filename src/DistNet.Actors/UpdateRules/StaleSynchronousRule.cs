namespace DistNet.Actors;

/// <summary>
/// SSP (Ho et al. 2013): a lane begins clock c when the version is at least c - s, and computes on that version plus its own steps that are not applied
/// yet. All lanes' units of clock c form update c + 1. Staleness is at most s, and completed clocks are never more than s + 1 apart.
/// With s = 0 it is bsp, bit for bit.
/// </summary>
public sealed class StaleSynchronousRule(int slack) : SequencedRule
{
    public override string Name => $"ssp:{slack}";

    public override LaneWeightsKind LaneWeights => LaneWeightsKind.OwnSteps;

    public override bool UpdatesAreSteps => true;

    public override long? StalenessBound(int lanes) => slack;

    public override int UnitsPerUpdate(int lanes) => lanes;

    public override bool MayStart(in LaneStanding lane, in RunStanding run) =>
        lane.Step <= run.Version + slack && lane.Step < run.Horizon;

    public override bool IsDue(int lane, long step, long version) => step == version;
}
