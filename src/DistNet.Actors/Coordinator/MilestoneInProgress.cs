using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>One milestone from the request to its end: marked by every server, stored by every server, in the record, evaluated.</summary>
internal sealed class MilestoneInProgress(bool cut, bool evaluate, int partitions)
{
    private readonly bool[] _marked = new bool[partitions];
    private readonly bool[] _stored = new bool[partitions];

    public bool WantsEvaluation { get; private set; } = evaluate;

    /// <summary>Set when every partition is stored; durable when the record holds it.</summary>
    public CompleteCut? Cut { get; private set; }

    private Milestone? _at;
    private LossHistory _history = LossHistory.Empty;
    private bool _recorded = !cut;

    /// <summary>A barrier run may go on: what was marked cannot change any more.</summary>
    public bool LetsRunGoOn => _at is not null && Array.TrueForAll(_marked, done => done) && !WantsEvaluation;

    public bool IsComplete => LetsRunGoOn && _recorded;

    /// <summary>True when every partition has stored the cut and it has not been recorded yet.</summary>
    public bool IsReadyToRecord => cut && Cut is null && _at is not null && Array.TrueForAll(_stored, done => done);

    public void OnTaken(in Milestone milestone, LossHistory history)
    {
        _at = milestone;
        _history = history;
    }

    public void OnMarked(int partition) => _marked[partition] = true;

    public void OnStored(int partition) => _stored[partition] = true;

    public void OnEvaluated() => WantsEvaluation = false;

    public void OnRecorded() => _recorded = true;

    public CompleteCut Complete(long rolledBack)
    {
        var at = _at!.Value.At;
        Cut = new CompleteCut(
            at.Version, at.Samples, _at.Value.LaneClocks, rolledBack, at.Redispatched, at.StalenessSum, at.Units, _history);
        return Cut;
    }
}
