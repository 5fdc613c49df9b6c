using System.Text.Json;
using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Storage of a run whose actors share one process, and so one fate: the partitions' cuts of a version are kept in memory until the
/// coordinator records that version, and then written as one checkpoint. Writing is done beside the run.
/// </summary>
public sealed class CheckpointStorage : IActorStorage
{
    private readonly RunPlan _plan;
    private readonly CheckpointFolder? _folder;
    private readonly CheckpointContent? _resumed;
    private readonly Dictionary<long, PartitionCut?[]> _pending = [];
    private readonly CoordinatorRecord? _record;
    private Task _writing = Task.CompletedTask;

    /// <param name="plan">The run.</param>
    /// <param name="folder">Where checkpoints go; null: nowhere, for runs that take no cuts.</param>
    /// <param name="resumed">The checkpoint to go on from; null: a new run.</param>
    public CheckpointStorage(RunPlan plan, CheckpointFolder? folder, CheckpointContent? resumed)
    {
        _plan = plan;
        _folder = folder;
        _resumed = resumed;
        _record = resumed is null ? null : Read(resumed.Record);
    }

    public CoordinatorRecord? RecordOf(ActorId actor) => actor.Role == Role.Coordinator ? _record : null;

    public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored)
    {
        if (item is PartitionCut cut)
        {
            Keep(key.Version, cut);
            stored(null);
            return;
        }

        var record = (CoordinatorRecord)item;
        if (record.Cuts.Count > 0 && _pending.Remove(record.Cuts[^1].Version, out var cuts))
        {
            _writing = Task.Run(() => Write(record, cuts, stored));
        }
        else
        {
            stored(null);
        }
    }

    public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool)
    {
        if (_resumed is null || key.Version != _resumed.Version)
        {
            return null;
        }

        var partition = _plan.Map.Partitions[actor.Index];
        var log = _resumed.Position["log"];
        return new PartitionCut(
            partition.Index,
            partition.Offset,
            partition.Length,
            new ApplyLog(log[0], log[1], (ulong)log[2]),
            Part(_resumed.Parameters, partition, pool),
            [.. _resumed.Slots.Select(slot => Part(slot.Values, partition, pool))]);
    }

    /// <summary>Nothing to do: the folder keeps the last few checkpoints by itself.</summary>
    public void Forget(ActorId actor, DurableKey key)
    {
    }

    public void Dispose()
    {
        _writing.Wait();
        foreach (var cut in _pending.Values.SelectMany(cuts => cuts))
        {
            cut?.Release();
        }

        _pending.Clear();
    }

    private void Keep(long version, PartitionCut cut)
    {
        if (!_pending.TryGetValue(version, out var cuts))
        {
            _pending[version] = cuts = new PartitionCut?[_plan.Map.Partitions.Length];
        }

        cuts[cut.Partition]?.Release();
        cuts[cut.Partition] = cut;
    }

    private void Write(CoordinatorRecord record, PartitionCut?[] cuts, Action<Exception?> stored)
    {
        try
        {
            _folder?.Write(ContentOf(record, cuts));
            stored(null);
        }
        catch (Exception e)
        {
            stored(new TrainingFailedException($"Cannot write a checkpoint: {e.Message}", e));
        }
        finally
        {
            Array.ForEach(cuts, cut => cut?.Release());
        }
    }

    private CheckpointContent ContentOf(CoordinatorRecord record, PartitionCut?[] cuts)
    {
        var cut = record.Cuts[^1];
        var names = Optimizer.Create(_plan.Optimizer).SlotNames;
        var log = cuts[0]!.Log;
        return new CheckpointContent
        {
            Version = cut.Version,
            Layout = _plan.Layout,
            Parameters = Join(cuts, part => part.Parameters),
            Slots = [.. names.Select((name, slot) => new CheckpointSlot(name, Join(cuts, part => part.Slots[slot])))],
            Position = new Dictionary<string, long[]>
            {
                ["version"] = [cut.Version],
                ["samples"] = [cut.Samples],
                ["epoch"] = [_plan.Schedule.Epoch(cut.Version)],
                ["seed"] = [(long)_plan.Seed],
                ["lanes"] = [.. cut.LaneClocks ?? Enumerable.Repeat(cut.Version, _plan.Lanes)],
                ["log"] = [log.Version, log.Samples, (long)log.Digest],
            },
            Record = JsonSerializer.Serialize(new StoredRecord(record.Generation, cut)),
        };
    }

    private static CoordinatorRecord Read(string json)
    {
        var stored = JsonSerializer.Deserialize<StoredRecord>(json)!;
        return new CoordinatorRecord(Number: 0, stored.Generation, [stored.Cut]);
    }

    private float[] Join(PartitionCut?[] cuts, Func<PartitionCut, TensorSlice> choose)
    {
        var joined = new float[_plan.Layout.Length];
        foreach (var cut in cuts)
        {
            choose(cut!).Span[..cut!.Length].CopyTo(joined.AsSpan(cut.Offset));
        }

        return joined;
    }

    private static TensorSlice Part(ReadOnlyMemory<float> whole, Partition partition, TensorPool pool)
    {
        var part = pool.Rent(partition.PaddedLength);
        part.Span.Clear();
        whole.Span.Slice(partition.Offset, partition.Length).CopyTo(part.Span);
        return part.All;
    }

    /// <summary>What a checkpoint keeps of the coordinator's record: its own cut.</summary>
    private sealed record StoredRecord(long Generation, CompleteCut Cut);
}
