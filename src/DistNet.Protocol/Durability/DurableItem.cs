namespace DistNet.Protocol;

/// <summary>The name of a durable item of one actor.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Version">Which one; 0 where there is only one.</param>
/// <param name="Partition">Whose, where an actor keeps those of several; else 0.</param>
public readonly record struct DurableKey(DurableKind Kind, long Version, int Partition = 0)
{
    /// <summary>The coordinator's record, its own or a server's copy; given back to the actor when it starts.</summary>
    public static readonly DurableKey Record = new(DurableKind.Record, 0);

    public static DurableKey Cut(long version) => new(DurableKind.Cut, version);

    /// <summary>The part of the sequencer's log that ends at a version; nobody asks for it back.</summary>
    public static DurableKey Log(long version) => new(DurableKind.Log, version);

    /// <summary>The coordinator's copy of a partition's cut.</summary>
    public static DurableKey Copy(int partition, long version) => new(DurableKind.Copy, version, partition);
}

public enum DurableKind
{
    Record,
    Cut,
    Copy,
    Log,
}

/// <summary>Something that must outlive its actor. Immutable; a tensor in it is held by the host until it is stored.</summary>
public abstract record DurableItem
{
    /// <summary>Every tensor in the item.</summary>
    public virtual IEnumerable<TensorSlice> Tensors => [];

    /// <summary>Lets go of every tensor in it.</summary>
    public void Release()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Release();
        }
    }
}

/// <summary>What the coordinator must not forget.</summary>
/// <param name="Number">Counts the changes: of two records the one with the higher number holds.</param>
/// <param name="Generation">The generation that is in force.</param>
/// <param name="Cuts">The complete cuts, oldest first.</param>
public sealed record CoordinatorRecord(long Number, long Generation, IReadOnlyList<CompleteCut> Cuts) : DurableItem
{
    public static readonly CoordinatorRecord Empty = new(0, 0, []);
}

/// <summary>One version of the whole run that every partition has stored, and where the run stood then.</summary>
/// <param name="Version">Updates applied.</param>
/// <param name="Generation">In which it was taken: without barriers another generation has other bits at the same version. 0: before the first update.</param>
/// <param name="Samples">Samples applied.</param>
/// <param name="LaneClocks">The next global batch of each lane; null under a barrier rule, where the version says it.</param>
/// <param name="RolledBack">Samples rolled back so far.</param>
/// <param name="Redispatched">Samples dispatched again so far.</param>
/// <param name="StalenessSum">Sum of the staleness of every unit applied.</param>
/// <param name="Units">Units applied.</param>
/// <param name="Staleness">How many of them had a staleness of 0, 1, 2 and so on; the last of very many counts what is beyond too.</param>
/// <param name="Dropped">Units dropped so far.</param>
/// <param name="Phase">The rule that was in force.</param>
/// <param name="History">Loss and scores so far.</param>
public sealed record CompleteCut(
    long Version,
    long Generation,
    long Samples,
    IReadOnlyList<long>? LaneClocks,
    long RolledBack,
    long Redispatched,
    double StalenessSum,
    long Units,
    IReadOnlyList<long> Staleness,
    DropCounts Dropped,
    RulePhase Phase,
    LossHistory History)
{
    /// <summary>Before the first update: nothing is stored, every server can make it.</summary>
    public static readonly CompleteCut Start = new(0, 0, 0, null, 0, 0, 0, 0, [], default, default, LossHistory.Empty);
}

/// <summary>The loss curve up to a cut, and the sums of the epoch it lies in.</summary>
/// <param name="Epochs">Mean train loss of each complete epoch.</param>
/// <param name="Steps">Mean train loss of each step, where they are recorded.</param>
/// <param name="EpochLoss">Loss sum of the epoch in progress.</param>
/// <param name="EpochSamples">Samples of the epoch in progress.</param>
public sealed record LossHistory(IReadOnlyList<double> Epochs, IReadOnlyList<double> Steps, double EpochLoss, long EpochSamples)
{
    public static readonly LossHistory Empty = new([], [], 0, 0);
}

/// <summary>One partition at one version: parameters and optimiser state.</summary>
/// <param name="Partition">Which partition.</param>
/// <param name="Offset">Where it begins in the flat parameter vector.</param>
/// <param name="Length">Parameters in it.</param>
/// <param name="Generation">In which it was taken: it is part of the <see cref="CompleteCut"/> of that version and that generation, and of no other.</param>
/// <param name="Log">What was applied so far.</param>
/// <param name="Parameters">Values, [Length] (the tensor may be longer: whole blocks).</param>
/// <param name="Slots">Optimiser state, one tensor for each slot of the optimiser.</param>
public sealed record PartitionCut(
    int Partition,
    int Offset,
    int Length,
    long Generation,
    ApplyLog Log,
    TensorSlice Parameters,
    IReadOnlyList<TensorSlice> Slots) : DurableItem
{
    public override IEnumerable<TensorSlice> Tensors => Slots.Prepend(Parameters);

    /// <summary>Whether it is a part of that cut.</summary>
    public bool IsOf(CompleteCut cut) => Log.Version == cut.Version && Generation == cut.Generation;
}

/// <summary>
/// What a partition has applied, in short: enough to recompute the ledger and to see that two partitions applied the same units in
/// the same order.
/// </summary>
/// <param name="Version">Updates applied.</param>
/// <param name="Samples">Samples applied.</param>
/// <param name="Digest">FNV-1a over every update's version and units, in order.</param>
public readonly record struct ApplyLog(long Version, long Samples, ulong Digest)
{
    public static readonly ApplyLog Empty = new(0, 0, 14695981039346656037UL);

    public ApplyLog Add(long version, int lane, long clock, int samples) => this with
    {
        Version = version,
        Samples = Samples + samples,
        Digest = Mix(Mix(Mix(Mix(Digest, version), lane), clock), samples),
    };

    private static ulong Mix(ulong digest, long value)
    {
        for (var i = 0; i < 8; i++)
        {
            digest = (digest ^ (byte)(value >> (8 * i))) * 1099511628211UL;
        }

        return digest;
    }
}
