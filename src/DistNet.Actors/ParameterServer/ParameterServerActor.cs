using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Holds one partition: takes gradients in, applies them, and sends the new version to those it is owed to. Decides nothing about which
/// gradients form an update: under a barrier rule that is known beforehand, otherwise the sequencer says so.
/// </summary>
public sealed class ParameterServerActor : Member
{
    private readonly RunPlan _plan;
    private readonly PartitionState _partition;
    private readonly TensorPool _pool;
    private readonly Subscribers _subscribers;
    private readonly CommandQueue _commands = new();
    private readonly CutAssembly _arriving;
    private RulePhase _phase;
    private GradientIntake _intake;
    private TensorSlice _evaluated;
    private Parameters? _evaluation;
    private Rewind? _rewinding;
    private PartitionCut? _storing;
    private long _samplesBefore;
    private Apply? _applying;
    private bool _runsCommands;
    private long? _stopAt;
    private bool _stopped;

    public ParameterServerActor(int index, RunPlan plan, TensorPool pool)
    {
        _plan = plan;
        _pool = pool;
        _partition = new PartitionState(plan, plan.Map.Partitions[index], pool);
        _arriving = new CutAssembly(_partition.Range);
        _subscribers = new Subscribers(plan.Lanes);
        _intake = CreateIntake();
    }

    protected override void OnMessage(Envelope envelope, TimeSpan now, Outbox outbox)
    {
        switch (envelope)
        {
            case Envelope<Push> push:
                OnPush(push.Message, outbox);
                break;
            case Envelope<Apply> apply when InForce(apply.Message.Generation):
                _commands.Add(apply.Message.Sequence, apply.Message, null);
                RunCommands(outbox);
                break;
            case Envelope<Mark> mark when InForce(mark.Message.Generation):
                _commands.Add(mark.Message.Sequence, null, mark.Message);
                RunCommands(outbox);
                break;
            case Envelope<Placement> placement when InForce(placement.Message.Generation):
                OnPlacement(placement.Message, outbox);
                break;
            case Envelope<Rewind> rewind when rewind.Message.Generation > Generation:
                OnRewind(rewind.Message, outbox);
                break;
            case Envelope<CutPart> part:
                OnCutPart(part.Message, outbox);
                break;
            case Envelope<CutMissing> missing when IsAwaited(missing.Message.Generation, missing.Message.Version):
                Answer(ok: false, outbox);
                break;
            case Envelope<KeepRecord> keep when IsOfPresentCoordinator(envelope):
                outbox.Store(DurableKey.Record, keep.Message.Record);
                break;
            case Envelope<CutSuperseded> superseded when InForce(superseded.Message.Generation):
                outbox.Forget(DurableKey.Cut(superseded.Message.Version));
                break;
            case Envelope<Stop> stop when InForce(stop.Message.Generation):
                _stopAt = stop.Message.Version;
                StopWhenDue(outbox);
                break;
        }
    }

    protected override void OnStored(DurableKey key, DurableItem item, TimeSpan now, Outbox outbox)
    {
        if (item is CoordinatorRecord record)
        {
            Kept = record;
            outbox.Send(ActorId.Coordinator, new RecordKept(record.Number));
        }
        else if (ReferenceEquals(item, _storing))
        {
            _storing = null;
            outbox.Send(ActorId.Coordinator, new Cut(Generation, _partition.Range.Index, key.Version));
        }
    }

    protected override void OnLoaded(DurableKey key, DurableItem? item, Outbox outbox)
    {
        var stored = item as PartitionCut;
        if (_rewinding is not { } rewind || rewind.Cut.Version != key.Version)
        {
            stored?.Release();
        }
        else if (stored?.IsOf(rewind.Cut) == true)
        {
            _partition.Restore(stored);
            Begin(outbox);
        }
        else
        {
            stored?.Release();
            SeekCopy(rewind.Cut, outbox);
        }
    }

    /// <summary>There is no such cut here.</summary>
    private void SeekCopy(CompleteCut cut, Outbox outbox)
    {
        if (_plan.Replicates)
        {
            outbox.Send(ActorId.Coordinator, new FetchCut(Generation, _partition.Range.Index, cut.Version));
        }
        else
        {
            Answer(ok: false, outbox);
        }
    }

    protected override void OnWorkDone(WorkOrder work, TimeSpan now, Outbox outbox) => ((ChunkWork)work).Intake!.OnWorkDone((ChunkWork)work, outbox);

    private GradientIntake CreateIntake() => (_plan.IsBarrier(_phase), _plan.ClipsNorm(_phase)) switch
    {
        (true, true) => new NormedBarrierIntake(_plan, _phase, _partition, _pool, OnAdvanced),
        (true, false) => new BarrierIntake(_plan, _phase, _partition, OnAdvanced),
        (false, true) => new NormedSequencedIntake(_plan, _phase, _partition, _pool, OnAdvanced, OnCarriedOut),
        (false, false) => new SequencedIntake(_plan, _phase, _partition, OnAdvanced),
    };

    /// <summary>Not before the first rewind either: a run may be given up before its first generation is open.</summary>
    private bool InForce(long generation) => generation == Generation && _rewinding is null && !_stopped && _partition.IsHeld;

    private void OnPush(in Push push, Outbox outbox)
    {
        if (InForce(push.Generation))
        {
            _intake.OnPush(push, outbox);
        }
        else
        {
            push.Gradient.Release();
        }
    }

    private bool IsAwaited(long generation, long version) => generation == Generation && _rewinding?.Cut.Version == version;

    /// <summary>The coordinator's copy of the cut to go back to; it is stored here again.</summary>
    private void OnCutPart(in CutPart part, Outbox outbox)
    {
        if (!IsAwaited(part.Generation, part.Log.Version))
        {
            part.Values.Release();
        }
        else if (_arriving.Add(part, _rewinding!.Value.Cut.Generation) is { } cut)
        {
            outbox.Store(DurableKey.Cut(cut.Log.Version), cut);
            _partition.Restore(cut);
            Begin(outbox);
        }
    }

    private void OnRewind(in Rewind rewind, Outbox outbox)
    {
        Generation = rewind.Generation;
        _rewinding = rewind;
        _arriving.Reset();
        _storing = null;
        _stopped = false;
        _stopAt = null;
        _samplesBefore = _partition.Log.Samples;

        // Updates that come back before the cut is loaded belong to the generation before: they may not advance anything.
        Enter(rewind.Cut);
        if (rewind.Cut.Version > 0)
        {
            outbox.Load(DurableKey.Cut(rewind.Cut.Version));
            return;
        }

        _partition.Initialize();
        Begin(outbox);
    }

    /// <summary>What the intake of another rule had in hand is let go of; its work is out, and is of no use when it comes back.</summary>
    private void Enter(CompleteCut cut)
    {
        if (cut.Phase != _phase)
        {
            _intake.Close();
            _phase = cut.Phase;
            _intake = CreateIntake();
        }

        _intake.Begin(Generation, cut);
    }

    private void Begin(Outbox outbox)
    {
        LetGoOfEvaluation();
        _subscribers.Reset();
        _commands.Reset();
        _applying = null;
        _intake.Begin(Generation, _rewinding!.Value.Cut);
        Answer(ok: true, outbox);
    }

    private void Answer(bool ok, Outbox outbox)
    {
        _rewinding = null;
        outbox.Send(ActorId.Coordinator, new Rewound(Generation, _partition.Range.Index, ok, _samplesBefore));
    }

    private void OnPlacement(in Placement placement, Outbox outbox)
    {
        if (_subscribers.OnPlacement(placement))
        {
            Broadcast(outbox);
        }
    }

    /// <summary>Barrier rules: the current version to all. Otherwise only what is to be evaluated goes to all.</summary>
    private void Broadcast(Outbox outbox)
    {
        if (_plan.IsBarrier(_phase))
        {
            var current = ParametersOf(_partition.Current, 0, null);
            var previous = current with { Version = current.Version - 1, Values = _partition.Previous };
            _subscribers.Send(current, _partition.Previous.IsEmpty ? null : previous, outbox);
        }
        else if (_evaluation is { } evaluation)
        {
            _subscribers.Send(evaluation, null, outbox);
        }
    }

    private Parameters ParametersOf(TensorSlice values, long sequence, IReadOnlyList<LaneStart>? starts) =>
        new(Generation, _partition.Version, sequence, _partition.Range.Index, _phase, values, starts, ForEvaluation: false);

    /// <summary>One after the other: an update that is under way keeps the next command waiting.</summary>
    private void RunCommands(Outbox outbox)
    {
        if (_runsCommands)
        {
            return;
        }

        _runsCommands = true;
        while (_applying is null && _commands.TryNext(out var apply, out var mark))
        {
            if (apply is { } update)
            {
                OnApply(update, outbox);
            }
            else
            {
                OnMark(mark!.Value, outbox);
            }
        }

        _runsCommands = false;
    }

    private void OnApply(in Apply apply, Outbox outbox)
    {
        if (apply.Units.Count == 0)
        {
            Start(apply, outbox);
            return;
        }

        _applying = apply;
        _intake.OnApply(apply, outbox);
    }

    /// <summary>The partition has its next version.</summary>
    private void OnAdvanced(Outbox outbox)
    {
        if (_plan.IsBarrier(_phase))
        {
            Broadcast(outbox);
        }

        OnCarriedOut(outbox);
        StopWhenDue(outbox);
    }

    /// <summary>What the last command says of units is done.</summary>
    private void OnCarriedOut(Outbox outbox)
    {
        if (_applying is { } apply)
        {
            _applying = null;
            Start(apply, outbox);
            RunCommands(outbox);
        }
    }

    private void Start(in Apply apply, Outbox outbox)
    {
        for (var i = 0; i < apply.Starts.Count; i++)
        {
            _intake.OnStart(apply.Starts[i]);
            if (IsFirstOfWorker(apply.Starts, i))
            {
                outbox.Send(ActorId.Worker(apply.Starts[i].Worker.Index), ParametersOf(_partition.Current, apply.Sequence, apply.Starts));
            }
        }
    }

    private static bool IsFirstOfWorker(IReadOnlyList<LaneStart> starts, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (starts[i].Worker.Index == starts[index].Worker.Index)
            {
                return false;
            }
        }

        return true;
    }

    private void OnMark(in Mark mark, Outbox outbox)
    {
        if (mark.Cut)
        {
            StoreCut(outbox);
        }

        if (mark.Evaluate && !_plan.IsBarrier(_phase))
        {
            LetGoOfEvaluation();
            _evaluated = _partition.Current;
            _evaluated.Retain();
            _evaluation = ParametersOf(_evaluated, mark.Sequence, null) with { ForEvaluation = true };
            Broadcast(outbox);
        }

        outbox.Send(ActorId.Coordinator, new Marked(Generation, _partition.Range.Index, mark.Version));
    }

    private void StoreCut(Outbox outbox)
    {
        var cut = _partition.Snapshot(Generation);
        outbox.Store(DurableKey.Cut(cut.Log.Version), cut);
        if (_plan.Replicates)
        {
            CutAssembly.Send(ActorId.Coordinator, Generation, cut, outbox);
        }

        cut.Release();
        _storing = cut;
    }

    private void StopWhenDue(Outbox outbox)
    {
        if (_stopAt <= _partition.Version && !_stopped)
        {
            Stop(outbox);
        }
    }

    private void Stop(Outbox outbox)
    {
        outbox.Send(ActorId.Coordinator, new Final(Generation, _partition.Range.Index, _partition.Log, _partition.Current));
        LetGoOfEvaluation();
        _intake.Close();
        _partition.Release();
        _stopped = true;
    }

    private void LetGoOfEvaluation()
    {
        _evaluated.Release();
        _evaluated = default;
        _evaluation = null;
    }
}
