using DistNet.Numerics;

namespace DistNet.Protocol;

/// <summary>
/// Worker to server: one chunk of the gradient of one tree node of lanes, summed over samples. The chunk belongs to the receiver, who
/// may add into it. Duplicates are recognised by (generation, step, node, chunk, dispatch), whoever sent them.
/// </summary>
/// <param name="Generation">Generation in which it was computed.</param>
/// <param name="Chunk">Number of the chunk.</param>
/// <param name="Node">Lanes covered.</param>
/// <param name="Step">Global batch.</param>
/// <param name="Dispatch">Which dispatch of the unit; 0 under a barrier rule.</param>
/// <param name="ReadVersion">Version it was computed on.</param>
/// <param name="Samples">Samples in the sum.</param>
/// <param name="Loss">Loss of those samples, summed.</param>
/// <param name="Gradient">The values.</param>
public readonly record struct Push(
    long Generation,
    int Chunk,
    TreeNode Node,
    long Step,
    long Dispatch,
    long ReadVersion,
    int Samples,
    double Loss,
    TensorSlice Gradient) : IMessage
{
    static bool IMessage.CarriesTensor => true;

    TensorSlice IMessage.Tensor => Gradient;

    IMessage IMessage.WithTensor(TensorSlice tensor) => this with { Gradient = tensor };
}

/// <summary>
/// Server to worker: one partition at one version. Under a sequenced rule <see cref="Starts"/> names the units that begin on it.
/// The tensor is shared and never written.
/// </summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Version">Updates applied.</param>
/// <param name="Sequence">The command that it answers; 0 under a barrier rule.</param>
/// <param name="Partition">Which partition.</param>
/// <param name="Phase">Which rule is in force, and where it began.</param>
/// <param name="Values">[padded length of the partition].</param>
/// <param name="Starts">Units that begin on it; null under a barrier rule and for an evaluation.</param>
/// <param name="ForEvaluation">It is to be evaluated, not computed on.</param>
public readonly record struct Parameters(
    long Generation,
    long Version,
    long Sequence,
    int Partition,
    RulePhase Phase,
    TensorSlice Values,
    IReadOnlyList<LaneStart>? Starts,
    bool ForEvaluation) : IMessage
{
    static bool IMessage.CarriesTensor => true;

    TensorSlice IMessage.Tensor => Values;

    IMessage IMessage.WithTensor(TensorSlice tensor) => this with { Values = tensor };
}

/// <summary>A unit that may begin.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Step">Its next global batch.</param>
/// <param name="Dispatch">The dispatch's number.</param>
/// <param name="Worker">The worker that hosts the lane, in the life that was there: what comes to a later one is void.</param>
/// <param name="OwnFrom">
/// Where lanes have weights of their own: the first of the lane's own steps that is in them. Equal to <see cref="Step"/>: none is, and the
/// lane begins anew from the parameters.
/// </param>
public readonly record struct LaneStart(int Lane, long Step, long Dispatch, WorkerLife Worker, long OwnFrom);

/// <summary>One dispatch of one unit.</summary>
public readonly record struct UnitId(int Lane, long Step, long Dispatch);

/// <summary>
/// Server to sequencer: every chunk of a unit is here. Where a norm is to be clipped, the same is said of the gradient of a whole update,
/// when it is summed: its lane is -1, its step the version it is to be applied to, and <see cref="SquaredNorms"/> are sums over this
/// partition's blocks, by nodes of the tree over all blocks.
/// </summary>
public readonly record struct Held(
    long Generation,
    int Partition,
    UnitId Unit,
    long ReadVersion,
    int Samples,
    double Loss,
    IReadOnlyList<BlockNorm>? SquaredNorms) : IMessage;

/// <summary>Squared norm of the blocks a node covers.</summary>
public readonly record struct BlockNorm(TreeNode Blocks, double Sum);

/// <summary>A held unit and the factor its gradient is multiplied with. Lane -1: the gradient of the whole update.</summary>
public readonly record struct ScaledUnit(UnitId Unit, int Samples, float Scale)
{
    /// <summary>The units were summed before; the scale is the norm's.</summary>
    public bool IsSum => Unit.Lane < 0;
}

/// <summary>
/// Sequencer to servers: commands are carried out in the order of <see cref="Sequence"/>. The units (if any) form the update
/// to <see cref="Version"/>, others are let go of; then the starts begin on it. Where a norm is to be clipped an update takes two commands: the
/// first names the units to be summed, the second the sum.
/// </summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Sequence">Number of the command.</param>
/// <param name="Version">Updates applied when it has been carried out.</param>
/// <param name="Units">What forms the update, by lane and step.</param>
/// <param name="Dropped">Units that will never be applied.</param>
/// <param name="Starts">Units that begin on the version.</param>
/// <param name="MeasuresDrift">Say how far the weights have moved since the units' weights were read.</param>
public readonly record struct Apply(
    long Generation,
    long Sequence,
    long Version,
    IReadOnlyList<ScaledUnit> Units,
    IReadOnlyList<UnitId> Dropped,
    IReadOnlyList<LaneStart> Starts,
    bool MeasuresDrift) : IMessage;

/// <summary>Server to coordinator, when it was asked: how far the weights had moved between a unit's reading and its being applied.</summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Partition">Which partition.</param>
/// <param name="Version">The update.</param>
/// <param name="SquaredDistance">Squared Euclidean distance over this partition, mean over the update's units.</param>
public readonly record struct Drift(long Generation, int Partition, long Version, double SquaredDistance) : IMessage;

/// <summary>Server to sequencer, barrier rules: the partition has this version now. Loss: summed over the update's samples.</summary>
public readonly record struct Applied(long Generation, int Partition, long Version, double Loss) : IMessage;

/// <summary>Coordinator to sequencer: lanes may begin units up to this many updates in all.</summary>
public readonly record struct RunUntil(long Generation, long Version) : IMessage;

/// <summary>
/// Coordinator to worker, barrier rules: compute these lanes of this step too, once; their worker is late. To the sequencer as well, who
/// counts the samples.
/// </summary>
public readonly record struct AssistWith(long Generation, long Step, int FirstLane, int EndLane) : IMessage;

/// <summary>Sequencer to workers, barrier rules: every step below this version may begin when its version is here.</summary>
public readonly record struct Horizon(long Generation, long Version) : IMessage;
