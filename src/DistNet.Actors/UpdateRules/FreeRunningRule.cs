namespace DistNet.Actors;

/// <summary>No lane ever waits: as soon as a unit is held its lane begins the next, on whatever version there is then.</summary>
public abstract class FreeRunningRule : SequencedRule
{
    public override long? StalenessBound(int lanes) => null;

    /// <summary>Every unit makes the P - 1 others in flight older by one update in K.</summary>
    public override double? MeanStaleness(int lanes) => (lanes - 1.0) / UnitsPerUpdate(lanes);

    /// <summary>No more units than the updates up to the horizon need, so that none is left over there.</summary>
    public override bool MayStart(in LaneStanding lane, in RunStanding run) =>
        // Divided, not multiplied: a horizon may be as far as there are numbers.
        run.Pending / UnitsPerUpdate(run.Lanes) < run.Horizon - run.Version;
}
