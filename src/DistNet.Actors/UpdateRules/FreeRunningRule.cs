namespace DistNet.Actors;

/// <summary>No lane ever waits: as soon as a unit is held its lane begins the next, on whatever version there is then.</summary>
public abstract class FreeRunningRule : SequencedRule
{
    public override long? StalenessBound(int lanes) => null;

    /// <summary>No more units than the updates up to the horizon need, so that none is left over there.</summary>
    public override bool MayStart(in LaneStanding lane, in RunStanding run)
    {
        var units = UnitsPerUpdate(run.Lanes);
        return (run.Version * units) + run.Pending < run.Horizon * units;
    }
}
