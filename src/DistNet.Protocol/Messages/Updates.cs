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
public readonly record struct Parameters(
    long Generation,
    long Version,
    long Sequence,
    int Partition,
    TensorSlice Values,
    IReadOnlyList<LaneStart>? Starts,
    bool ForEvaluation) : IMessage
{
    static bool IMessage.CarriesTensor => true;

    TensorSlice IMessage.Tensor => Values;

    IMessage IMessage.WithTensor(TensorSlice tensor) => this with { Values = tensor };
}

/// <summary>A unit that may begin: lane, its next global batch, the dispatch's number and the worker that hosts the lane.</summary>
public readonly record struct LaneStart(int Lane, long Step, long Dispatch, int Worker);

/// <summary>One dispatch of one unit.</summary>
public readonly record struct UnitId(int Lane, long Step, long Dispatch);

/// <summary>
/// Server to sequencer: every chunk of a unit is here. Under a barrier rule that asks (a norm is to be clipped) the unit is
/// the whole step and Lane is -1. <see cref="SquaredNorms"/> are sums over this partition's blocks, by nodes of the tree over all blocks.
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

/// <summary>A held unit and the factor its mean gradient is multiplied with.</summary>
public readonly record struct ScaledUnit(UnitId Unit, int Samples, float Scale);

/// <summary>
/// Sequencer to servers: commands are carried out in the order of <see cref="Sequence"/>. The units (if any) form the update
/// to <see cref="Version"/>; then the starts begin on it.
/// </summary>
public readonly record struct Apply(
    long Generation,
    long Sequence,
    long Version,
    IReadOnlyList<ScaledUnit> Units,
    IReadOnlyList<LaneStart> Starts) : IMessage;

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
