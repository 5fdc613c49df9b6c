using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>One milestone from the request to its end: marked by every server, stored by every server, copied, in the record, evaluated.</summary>
internal sealed class MilestoneInProgress(bool cut, bool evaluate, bool replicates, bool logs, int partitions)
{
    private readonly long[] _marked = Nothing(partitions);
    private readonly long[] _stored = Nothing(partitions);
    private readonly long[] _copied = Nothing(partitions);

    public bool WantsEvaluation { get; private set; } = evaluate;

    /// <summary>Set when every partition is stored; durable when the record holds it.</summary>
    public CompleteCut? Cut { get; private set; }

    private Milestone? _at;
    private LossHistory _history = LossHistory.Empty;
    private IReadOnlyList<long> _staleness = [];
    private bool _recorded = !cut;
    private long _logged = -1;

    /// <summary>A barrier run may go on: what was marked cannot change any more.</summary>
    public bool LetsRunGoOn => IsReachedBy(_marked) && !WantsEvaluation;

    public bool IsComplete => LetsRunGoOn && _recorded;

    /// <summary>
    /// True when every partition has stored the cut (and where copies are kept there is one of each), and it has not been recorded yet. A
    /// version to be evaluated is recorded after that: a run that goes on from it would not evaluate it again.
    /// </summary>
    public bool IsReadyToRecord => cut && Cut is null && !WantsEvaluation && IsReachedBy(_stored) && (!replicates || IsReachedBy(_copied)) && IsLogged;

    /// <summary>Partitions that have not been marked; when all are, those that have not been stored, or copied.</summary>
    public IEnumerable<int> Missing => new[] { _marked, _stored, _copied }.Take(!cut ? 1 : replicates ? 3 : 2)
        .Select(reached => Enumerable.Range(0, partitions).Where(i => _at is not { } at || reached[i] < at.At.Version))
        .FirstOrDefault(missing => missing.Any(), []);

    public void OnTaken(in Milestone milestone, LossHistory history, IReadOnlyList<long> staleness)
    {
        _staleness = staleness;
        _at = milestone;
        _history = history;
    }

    /// <summary>The version says which milestone is meant: an answer to the one before may come late, or twice.</summary>
    public void OnMarked(int partition, long version) => _marked[partition] = Math.Max(version, _marked[partition]);

    /// <inheritdoc cref="OnMarked"/>
    public void OnStored(int partition, long version) => _stored[partition] = Math.Max(version, _stored[partition]);

    /// <summary>The coordinator's copy is durable.</summary>
    public void OnCopied(int partition, long version) => _copied[partition] = Math.Max(version, _copied[partition]);

    /// <summary>The sequencer's log is durable up to this version.</summary>
    public void OnLogged(long version) => _logged = Math.Max(version, _logged);

    public void OnEvaluated() => WantsEvaluation = false;

    public void OnRecorded() => _recorded = true;

    public CompleteCut Complete(long generation, long rolledBack, RulePhase phase)
    {
        var milestone = _at!.Value;
        var at = milestone.At;
        Cut = new CompleteCut(
            at.Version,
            generation,
            at.Samples,
            milestone.LaneClocks,
            rolledBack,
            at.Redispatched,
            at.StalenessSum,
            at.Units,
            _staleness,
            at.Dropped,
            phase,
            _history);
        return Cut;
    }

    private bool IsLogged => !logs || (_at is { } at && _logged >= at.At.Version);

    private bool IsReachedBy(long[] versions) => _at is { } at && Array.TrueForAll(versions, version => version >= at.At.Version);

    private static long[] Nothing(int partitions)
    {
        var versions = new long[partitions];
        Array.Fill(versions, -1);
        return versions;
    }
}
