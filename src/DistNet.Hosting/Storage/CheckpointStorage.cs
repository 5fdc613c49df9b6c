using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Storage of a run whose actors share one process, and so one fate: the partitions' cuts of a version are kept in memory until the
/// coordinator records that version, and then written as one checkpoint. Writing is done beside the run.
/// </summary>
public sealed class CheckpointStorage : IActorStorage
{
    private readonly RunPlan _plan;
    private readonly ICheckpoints? _checkpoints;
    private readonly CheckpointContent? _resumed;
    private readonly Dictionary<long, PartitionCut?[]> _pending = [];
    private readonly CoordinatorRecord? _record;
    private readonly UpdateLogFile? _log;
    private Task _writing = Task.CompletedTask;
    private Task _logging = Task.CompletedTask;
    private (long Version, PartitionCut?[] Cuts) _last = (-1, []);

    /// <param name="plan">The run.</param>
    /// <param name="checkpoints">Where checkpoints go; null: nowhere, for runs that take no cuts.</param>
    /// <param name="resumed">The checkpoint to go on from; null: a new run.</param>
    /// <param name="log">Where the sequencer's log goes; taken over; null: nowhere.</param>
    public CheckpointStorage(RunPlan plan, ICheckpoints? checkpoints, CheckpointContent? resumed, UpdateLogFile? log = null)
    {
        _log = log;
        _plan = plan;
        _checkpoints = checkpoints;
        _resumed = resumed;
        _record = resumed is null ? null : CutCheckpoint.RecordOf(resumed);
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

        if (item is LogSegment segment)
        {
            _logging = _logging.ContinueWith(_ => Append(segment, stored), TaskScheduler.Default);
            return;
        }

        var record = (CoordinatorRecord)item;
        if (record.Cuts.Count > 0 && _pending.Remove(record.Cuts[^1].Version, out var cuts))
        {
            // On a virtual clock the next may come before this one is on the disk.
            _writing = _writing.ContinueWith(_ => Write(record, cuts, stored), TaskScheduler.Default);
        }
        else
        {
            stored(null);
        }
    }

    /// <summary>A cut is asked for when the run is resumed from it, or goes on from it under another rule.</summary>
    public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) =>
        key.Version == _last.Version ? CopyOf(_last.Cuts[actor.Index]!, pool)
        : key.Version == _resumed?.Version ? CutCheckpoint.PartOf(_resumed, _record!.Cuts[0], _plan, actor.Index, pool)
        : null;

    /// <summary>Nothing to do: the folder keeps the last few checkpoints by itself.</summary>
    public void Forget(ActorId actor, DurableKey key)
    {
    }

    public void Dispose()
    {
        // What is logged may let a cut be recorded.
        _logging.Wait();
        _writing.Wait();
        _log?.Dispose();
        foreach (var cut in _pending.Values.SelectMany(cuts => cuts).Concat(_last.Cuts))
        {
            cut?.Release();
        }

        _pending.Clear();
        _last = (-1, []);
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

    private void Append(LogSegment segment, Action<Exception?> stored)
    {
        Exception? problem = null;
        try
        {
            _log?.Append(segment);
        }
        catch (Exception e)
        {
            problem = new TrainingFailedException($"Cannot write {UpdateLogFile.Name}: {e.Message}", e);
        }

        stored(problem);
    }

    private static PartitionCut CopyOf(PartitionCut cut, TensorPool pool)
    {
        return cut with { Parameters = Copy(cut.Parameters), Slots = [.. cut.Slots.Select(Copy)] };

        TensorSlice Copy(TensorSlice values)
        {
            var copy = pool.Rent(values.Length);
            values.Span.CopyTo(copy.Span);
            return copy.All;
        }
    }

    private void Write(CoordinatorRecord record, PartitionCut?[] cuts, Action<Exception?> stored)
    {
        try
        {
            if (_checkpoints is not null)
            {
                CutCheckpoint.Write(_checkpoints, _plan, record.Generation, record.Cuts[^1], cuts!);
            }

            cuts = KeepForNextRule(record.Cuts[^1].Version, cuts);
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

    /// <summary>Where another rule may begin at this cut it is kept until the next.</summary>
    /// <returns>What is no longer needed: the cut before it, or this one.</returns>
    private PartitionCut?[] KeepForNextRule(long version, PartitionCut?[] cuts)
    {
        if (_plan.Rules.Count == 1)
        {
            return cuts;
        }

        var before = _last.Cuts;
        _last = (version, cuts);
        return before;
    }
}
