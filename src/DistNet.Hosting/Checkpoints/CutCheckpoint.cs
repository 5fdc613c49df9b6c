using System.Text.Json;
using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// A complete cut is stored in parts, one for each partition, and a checkpoint is one file: from one to the other, for any number of servers. The same
/// state gives the same checkpoint, whoever computed it.
/// </summary>
public static class CutCheckpoint
{
    /// <summary>Writes the parts of a cut as one checkpoint of the run. The parts stay the caller's.</summary>
    /// <param name="checkpoints">The run's checkpoints.</param>
    /// <param name="plan">The run.</param>
    /// <param name="generation">The generation in force.</param>
    /// <param name="cut">Where the run stood.</param>
    /// <param name="parts">Every partition's cut at that version, in order.</param>
    /// <exception cref="ArgumentException">The parts are not those of the cut.</exception>
    public static void Write(ICheckpoints checkpoints, RunPlan plan, long generation, CompleteCut cut, IReadOnlyList<PartitionCut> parts) =>
        checkpoints.Write(Join(plan, generation, cut, parts));

    /// <summary>
    /// Puts a checkpoint on the disk of a cluster's coordinator, which then goes on from it: servers find no cut of their own and ask for
    /// the copies. The coordinator's actor must not have started. The record comes last, so that there is none without its copies.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static async Task PlaceAsync(NodeStorage storage, RunPlan plan, CheckpointContent content)
    {
        using var pool = new TensorPool();
        var record = RecordOf(content);
        for (var i = 0; i < plan.Map.Partitions.Length; i++)
        {
            await StoreAsync(storage, DurableKey.Copy(i, content.Version), PartOf(content, record.Cuts[0], plan, i, pool)).ConfigureAwait(false);
        }

        await StoreAsync(storage, DurableKey.Record, record).ConfigureAwait(false);
    }

    /// <summary>The record of a coordinator that goes on from the checkpoint: older than any that the run itself stores.</summary>
    internal static CoordinatorRecord RecordOf(CheckpointContent content)
    {
        var stored = JsonSerializer.Deserialize<StoredRecord>(content.Record)!;
        return new CoordinatorRecord(Number: 0, stored.Generation, [stored.Cut]);
    }

    /// <summary>One partition's part of the cut in the checkpoint's record; its tensors are the caller's to release.</summary>
    internal static PartitionCut PartOf(CheckpointContent content, CompleteCut cut, RunPlan plan, int index, TensorPool pool)
    {
        var partition = plan.Map.Partitions[index];
        var log = content.Position["log"];
        return new PartitionCut(
            partition.Index,
            partition.Offset,
            partition.Length,
            cut.Generation,
            new ApplyLog(log[0], log[1], (ulong)log[2]),
            Slice(content.Parameters, partition, pool),
            [.. plan.SlotNames.Select(name => Slice(content.Slots.First(slot => slot.Name == name).Values, partition, pool))]);
    }

    private static CheckpointContent Join(RunPlan plan, long generation, CompleteCut cut, IReadOnlyList<PartitionCut> parts)
    {
        RequireParts(plan, cut, parts);
        var names = plan.SlotNames;
        var log = parts[0].Log;
        return new CheckpointContent
        {
            Version = cut.Version,
            Layout = plan.Layout,
            Parameters = Join(plan, parts, part => part.Parameters),
            Slots = [.. names.Select((name, slot) => new CheckpointSlot(name, Join(plan, parts, part => part.Slots[slot])))],
            Position = new Dictionary<string, long[]>
            {
                ["version"] = [cut.Version],
                ["samples"] = [cut.Samples],
                ["epoch"] = [cut.Samples / plan.Schedule.Samples],
                ["seed"] = [(long)plan.Seed],
                ["lanes"] = [.. cut.LaneClocks ?? Enumerable.Repeat(plan.StepOf(cut.Phase, cut.Version), plan.Lanes)],
                ["log"] = [log.Version, log.Samples, (long)log.Digest],
            },
            Record = JsonSerializer.Serialize(new StoredRecord(generation, cut)),
        };
    }

    private static void RequireParts(RunPlan plan, CompleteCut cut, IReadOnlyList<PartitionCut> parts)
    {
        var isWhole = parts.Count == plan.Map.Partitions.Length;
        for (var i = 0; isWhole && i < parts.Count; i++)
        {
            isWhole = parts[i].Partition == i && parts[i].Log == parts[0].Log && parts[i].IsOf(cut);
        }

        if (!isWhole)
        {
            throw new ArgumentException($"These are not the partitions of version {cut.Version} in order.", nameof(parts));
        }
    }

    private static float[] Join(RunPlan plan, IReadOnlyList<PartitionCut> parts, Func<PartitionCut, TensorSlice> choose)
    {
        var joined = new float[plan.Layout.Length];
        foreach (var part in parts)
        {
            choose(part).Span[..part.Length].CopyTo(joined.AsSpan(part.Offset));
        }

        return joined;
    }

    private static TensorSlice Slice(ReadOnlyMemory<float> whole, Partition partition, TensorPool pool)
    {
        var part = pool.Rent(partition.PaddedLength);
        part.Span.Clear();
        whole.Span.Slice(partition.Offset, partition.Length).CopyTo(part.Span);
        return part.All;
    }

    private static Task StoreAsync(NodeStorage storage, DurableKey key, DurableItem item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        storage.Store(ActorId.Coordinator, key, item, problem =>
        {
            if (problem is null)
            {
                done.SetResult();
            }
            else
            {
                done.SetException(problem);
            }
        });
        return done.Task;
    }

    /// <summary>What a checkpoint keeps of the coordinator's record: its own cut.</summary>
    private sealed record StoredRecord(long Generation, CompleteCut Cut);
}
