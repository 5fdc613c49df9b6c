namespace DistNet.Actors;

/// <summary>
/// K-async (Dutta et al. 2018, arXiv 1803.01113): units of K distinct lanes form an update; those lanes wait for it and go on with it, the others
/// keep computing on what they have read.
/// </summary>
public sealed class KAsyncRule(int units) : SequencedRule
{
    public override string Name => $"kasync:{units}";

    public override long? StalenessBound(int lanes) => null;

    /// <summary>Every update makes the P - K units that are not in it older by one, and applies K.</summary>
    public override double? MeanStaleness(int lanes) => (double)(lanes - UnitsPerUpdate(lanes)) / UnitsPerUpdate(lanes);

    public override int UnitsPerUpdate(int lanes) => Math.Min(units, lanes);

    public override bool MayStart(in LaneStanding lane, in RunStanding run) => lane.Held == 0 && run.Version < run.Horizon;
}
