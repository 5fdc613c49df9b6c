namespace DistNet.Protocol;

/// <summary>Coordinator to sequencer: mark the next version that all servers share.</summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Cut">Store it.</param>
/// <param name="Evaluate">Give it to the workers to evaluate.</param>
public readonly record struct Checkpoint(long Generation, bool Cut, bool Evaluate) : IMessage;

/// <summary>Sequencer to servers, in sequence with <see cref="Apply"/>: the version now reached is a milestone.</summary>
public readonly record struct Mark(long Generation, long Sequence, long Version, bool Cut, bool Evaluate) : IMessage;

/// <summary>Sequencer to coordinator: this is the version that was marked, and where the run stands at it.</summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Cut">It is stored.</param>
/// <param name="Evaluate">It is evaluated.</param>
/// <param name="At">Where the run stands.</param>
/// <param name="LaneClocks">The next global batch of each lane; null where the version says it.</param>
public readonly record struct Milestone(
    long Generation,
    bool Cut,
    bool Evaluate,
    Progress At,
    IReadOnlyList<long>? LaneClocks) : IMessage;

/// <summary>Server to coordinator: the mark is taken; the partition may go on without changing what was marked.</summary>
public readonly record struct Marked(long Generation, int Partition, long Version) : IMessage;

/// <summary>Server to coordinator: the partition's cut is durable.</summary>
public readonly record struct Cut(long Generation, int Partition, long Version) : IMessage;

/// <summary>Sequencer to coordinator: its log up to this version is durable.</summary>
public readonly record struct LogKept(long Generation, long Version) : IMessage;

/// <summary>Coordinator to servers: a newer cut is complete, and this old one may go.</summary>
public readonly record struct CutSuperseded(long Generation, long Version) : IMessage;

/// <summary>
/// Sequencer to coordinator: where the run stands; sent once for each version, in order, and when the run is drained.
/// </summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Version">Updates applied by every partition.</param>
/// <param name="Samples">Samples applied.</param>
/// <param name="Loss">Loss of the last update, summed over its samples.</param>
/// <param name="Planned">Samples planned so far.</param>
/// <param name="Redispatched">Samples dispatched again because a worker died or was late, in this generation.</param>
/// <param name="StalenessSum">Sum of the staleness of the units applied.</param>
/// <param name="Units">Units applied.</param>
/// <param name="Dropped">Units that were dropped.</param>
/// <param name="Staleness">Staleness of the last update's units; null: all 0.</param>
/// <param name="LastLane">The lane that the last update waited for; -1: the sequencer does not know.</param>
/// <param name="Horizon">Updates up to which lanes may begin units.</param>
/// <param name="IsDrained">Nothing is in flight, and nothing may begin before the horizon moves.</param>
/// <param name="IsAtEnd">Nothing will ever begin: the run, as it was planned, is over.</param>
public readonly record struct Progress(
    long Generation,
    long Version,
    long Samples,
    double Loss,
    long Planned,
    long Redispatched,
    double StalenessSum,
    long Units,
    DropCounts Dropped,
    IReadOnlyList<long>? Staleness,
    int LastLane,
    long Horizon,
    bool IsDrained,
    bool IsAtEnd) : IMessage;

/// <summary>Worker to coordinator: one piece of work is done.</summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Step">Global batch.</param>
/// <param name="ReadVersion">Version it was computed on.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="NonFiniteLayer">The first layer whose output is not finite, or -1.</param>
/// <param name="ComputeTime">How long it took.</param>
/// <param name="WaitTime">How long the worker had nothing to do before.</param>
public readonly record struct Report(
    long Generation,
    long Step,
    long ReadVersion,
    int Samples,
    int NonFiniteLayer,
    TimeSpan ComputeTime,
    TimeSpan WaitTime) : IMessage;

/// <summary>Coordinator to worker: evaluate these chunks of the test part on this version.</summary>
public readonly record struct Evaluate(long Generation, long Version, IReadOnlyList<int> Chunks) : IMessage;

/// <summary>Worker to coordinator: one chunk evaluated.</summary>
public readonly record struct Evaluated(long Generation, long Version, int Chunk, ChunkScore Score) : IMessage;
