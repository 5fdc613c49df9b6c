using DistNet.Actors;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// Refuses messages that are well formed and do not fit the run: a partition it does not have, a tensor of another length. Actors take
/// what they are given for granted.
/// </summary>
internal sealed class PlanGuard(RunPlan plan)
{
    /// <exception cref="WireException">The message does not fit.</exception>
    public void Check(Envelope envelope)
    {
        if (Mismatch(envelope) is { } what)
        {
            throw new WireException($"{envelope.From} sent {what}, which does not fit the run.");
        }
    }

    private string? Mismatch(Envelope envelope) => envelope switch
    {
        Envelope<Push> push => Push(push.Message),
        Envelope<Parameters> { Message: var m } when m.Phase.Number >= plan.Rules.Count => $"update rule {m.Phase.Number}",
        Envelope<Parameters> { Message: var m } => PartitionOf(m.Partition) ?? Length(m.Values.Length, plan.Map.Partitions[m.Partition].PaddedLength),
        Envelope<Final> { Message: var m } => PartitionOf(m.Partition) ?? Length(m.Parameters.Length, plan.Map.Partitions[m.Partition].PaddedLength),
        Envelope<CutPart> { Message: var m } => PartitionOf(m.Partition) ?? Length(m.Values.Length, plan.Map.Partitions[m.Partition].PaddedLength),
        Envelope<FetchCut> { Message: var m } => PartitionOf(m.Partition),
        Envelope<Held> { Message: var m } => PartitionOf(m.Partition) ?? (m.Unit.Lane < plan.Lanes ? null : $"lane {m.Unit.Lane}"),
        Envelope<Drift> { Message: var m } => PartitionOf(m.Partition),
        Envelope<Applied> { Message: var m } => PartitionOf(m.Partition),
        Envelope<Rewound> { Message: var m } => PartitionOf(m.Partition),
        Envelope<Marked> { Message: var m } => PartitionOf(m.Partition),
        Envelope<Cut> { Message: var m } => PartitionOf(m.Partition),
        _ => null,
    };

    private string? Push(in Push push)
    {
        if (push.Chunk >= plan.Map.Chunks.Length)
        {
            return $"chunk {push.Chunk}";
        }

        var lanes = (push.Node.Index + 1L) << push.Node.Level;
        return lanes > Math.Max(1, NextPowerOfTwo(plan.Lanes))
            ? $"a gradient of node {push.Node}"
            : Length(push.Gradient.Length, plan.Map.Chunks[push.Chunk].Length);
    }

    private string? PartitionOf(int partition) => partition < plan.Map.Partitions.Length ? null : $"partition {partition}";

    private static string? Length(int length, int expected) => length == expected ? null : $"a tensor of {length} instead of {expected}";

    private static long NextPowerOfTwo(int value) => (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)value);
}
