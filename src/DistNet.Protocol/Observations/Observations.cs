namespace DistNet.Protocol;

/// <summary>State is wanting, or another rule follows: no step can run before the next generation is in force. Told again when it happens again meanwhile.</summary>
/// <param name="Generation">The one before; 0: there was none.</param>
public readonly record struct GenerationAwaited(long Generation) : IMessage;

/// <summary>A new generation is in force; the first one, or recovery from lost state.</summary>
public readonly record struct GenerationOpened(long Generation, long Version) : IMessage;

/// <summary>An update has been applied everywhere.</summary>
public readonly record struct Advanced(long Version, long TotalVersions, long Samples, long PlannedSamples, double Loss) : IMessage
{
    /// <summary>Time since the update before it, as long as steps could run.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Units in it.</summary>
    public long Units { get; init; }

    /// <summary>Staleness of each of its units; null: all 0.</summary>
    public IReadOnlyList<long>? Staleness { get; init; }

    /// <summary>Samples in it.</summary>
    public long UpdateSamples { get; init; }

    /// <summary>What was dropped since the update before it.</summary>
    public DropCounts Dropped { get; init; }

    /// <summary>What was dropped so far; after a rewind, up to where the run went back to and since.</summary>
    public DropCounts DroppedSoFar { get; init; }
}

/// <summary>Another update rule is in force from this version on.</summary>
public readonly record struct RuleSwitched(string Rule, long Version) : IMessage;

/// <summary>How far the weights had moved between a unit's reading and its being applied: the Euclidean distance, root mean square over the update's units.</summary>
public readonly record struct DriftMeasured(long Version, double Distance) : IMessage;

/// <summary>The learning rate has been held to what is stable.</summary>
/// <param name="Version">Updates applied.</param>
/// <param name="Rule">Number of the update rule in force among the run's.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Warns">It is not stable, and that has not been told of this rule, or not that it is so bad.</param>
public readonly record struct RateJudged(long Version, int Rule, RateVerdict Verdict, bool Warns) : IMessage;

/// <summary>An epoch's samples have been applied.</summary>
public readonly record struct EpochEnded(int Epoch, long Version, double TrainLoss, double SamplesPerSecond, bool IsLast) : IMessage;

/// <summary>A version has been evaluated on the whole test part.</summary>
/// <param name="Epoch">The epoch that it was asked for; without barriers others may have ended since.</param>
/// <param name="Version">What was evaluated: the weights after so many updates, not before the epoch's end.</param>
/// <param name="TestLoss">Mean loss of the test samples.</param>
/// <param name="TestAccuracy">Part of them classified rightly, 0 to 1.</param>
public readonly record struct Scored(int Epoch, long Version, double TestLoss, double TestAccuracy) : IMessage;

/// <summary>A milestone has been asked for.</summary>
/// <param name="Version">Updates applied then; without barriers it may be reached at a later version.</param>
/// <param name="Cut">All partitions are to be stored.</param>
/// <param name="Evaluate">The version is to be evaluated.</param>
public readonly record struct MilestoneBegan(long Version, bool Cut, bool Evaluate) : IMessage;

/// <summary>A cut is complete: every partition is stored, and the record says so.</summary>
public readonly record struct CutTaken(long Version) : IMessage;

/// <summary>A server could not read back its part of a cut; the one before it is used.</summary>
public readonly record struct CutUnreadable(long Version, int Partition) : IMessage;

/// <summary>How a worker does.</summary>
public readonly record struct WorkerObserved(int Worker, int FirstLane, int EndLane, double SamplesPerSecond) : IMessage;

/// <summary>A worker holds up a step that others have done; a helper computes its lanes of that step too.</summary>
public readonly record struct LaneLate(int Worker, long Step, int FirstLane, int EndLane, int Helper) : IMessage;

/// <summary>One that the run waits for.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Step">The step it is to do; -1: none in particular.</param>
/// <param name="FirstLane">First of the lanes it is to compute.</param>
/// <param name="EndLane">One past the last; equal to the first where it is no matter of lanes.</param>
public readonly record struct Awaited(ActorId Actor, long Step, int FirstLane, int EndLane);

/// <summary>The run has made no progress for a while; told again and again until it does.</summary>
/// <param name="For">Whom it waits for; nobody: for one who has yet to come.</param>
/// <param name="What">What it waits for, in a word or two.</param>
/// <param name="Since">For how long.</param>
public readonly record struct Waiting(IReadOnlyList<Awaited> For, string What, TimeSpan Since) : IMessage;

/// <summary>The run ended in good order. The partitions belong to the observer, who releases each once.</summary>
public readonly record struct RunCompleted(RunSummary Summary, IReadOnlyList<TensorSlice> Partitions) : IMessage;

/// <summary>The run cannot go on.</summary>
/// <param name="Reason">Why, in a line.</param>
/// <param name="GaveUp">Nothing is wrong with the run: too few nodes were there for too long.</param>
public readonly record struct RunFailed(string Reason, bool GaveUp = false) : IMessage;

/// <summary>planned = applied + dropped + pending; redispatched and rolled back stand beside it. All in samples.</summary>
public sealed record Ledger(long Planned, long Applied, DropCounts Dropped, long Pending, long Redispatched, long RolledBack);

/// <summary>A finished run in numbers.</summary>
public sealed record RunSummary(
    long Version,
    long Samples,
    bool Stopped,
    Ledger Ledger,
    double TrainLoss,
    double? TestLoss,
    double? TestAccuracy,
    double StalenessMean,
    double SamplesPerSecond,
    LossHistory History);
