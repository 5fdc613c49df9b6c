namespace DistNet.Actors;

/// <summary>
/// K-batch-sync (Dutta et al. 2018, arXiv 1803.01113): the first K units computed on this version form the update, whoever computed them; a lane
/// that is done begins another. Then the rest is cancelled.
/// </summary>
public sealed class KBatchSyncRule(int units) : SequencedRule
{
    public override string Name => $"kbatchsync:{units}";

    public override bool CancelsTheRest => true;

    public override int UnitsPerUpdate(int lanes) => units;

    public override bool MayStart(in LaneStanding lane, in RunStanding run) => run.Version < run.Horizon;
}
