namespace DistNet.Actors;

/// <summary>
/// K-sync (Dutta et al. 2018, arXiv 1803.01113), which is also backup workers (Chen et al. 2016, arXiv 1604.00981) with P - K spare ones: all lanes
/// compute the same step on the same version; the first K form the update, the others are cancelled. With K = P it is bsp, bit for bit.
/// </summary>
public sealed class KSyncRule(int units, string name) : SequencedRule
{
    public KSyncRule(int units)
        : this(units, $"ksync:{units}")
    {
    }

    public override string Name => name;

    public override bool UpdatesAreSteps => true;

    public override bool CancelsTheRest => true;

    public override int UnitsPerUpdate(int lanes) => Math.Min(units, lanes);

    public override bool MayStart(in LaneStanding lane, in RunStanding run) => lane.Step == run.Version && run.Version < run.Horizon;
}
