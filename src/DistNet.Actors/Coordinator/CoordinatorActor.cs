using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Knows who is there and where the run stands: opens generations, places lanes on workers, takes milestones, keeps the record and
/// ends the run. Touches no gradient and decides no update; a training step does not wait for it.
/// </summary>
public sealed partial class CoordinatorActor : Actor
{
    private readonly RunPlan _plan;
    private readonly Members _members;
    private readonly RecordKeeper _record;
    private readonly CutCopies _copies;
    private readonly LossBook _losses;
    private readonly EvaluationBook _evaluation;
    private readonly WorkerBook _workers = new();
    private readonly LateLanes _late;
    private readonly Throughput _throughput = new();
    private readonly MilestoneSchedule _schedule;
    private readonly FinalAccount _account;
    private readonly bool[] _rewound;
    private Phase _phase = Phase.Gathering;
    private RulePhase _rulePhase;
    private Placement _placement;
    private Progress _progress;
    private MilestoneInProgress? _milestone;
    private long _generation;
    private long _placementNumber;
    private long _horizon;
    private long _samplesBefore;
    private long _rolledBack;
    private bool _endEarly;
    private bool _targetReached;
    private TimeSpan _lastProgress;

    public CoordinatorActor(RunPlan plan)
    {
        var partitions = plan.Map.Partitions.Length;
        _plan = plan;
        _members = new Members(partitions);
        _record = new RecordKeeper(plan.Replicates ? partitions : 0);
        _copies = new CutCopies(plan.Map);
        _losses = new LossBook(plan);
        _evaluation = new EvaluationBook(plan);
        _schedule = new MilestoneSchedule(plan);
        _late = new LateLanes(plan, _workers);
        _asynchrony = new AsynchronyBook(plan);
        _guard = new LearningRateGuard(plan);
        _account = new FinalAccount(partitions);
        _rewound = new bool[partitions];
    }

    private enum Phase
    {
        /// <summary>Not every partition has its server.</summary>
        Gathering,

        /// <summary>The number of the next generation is on its way to storage.</summary>
        Recording,

        /// <summary>Servers go back to the last complete cut.</summary>
        Rewinding,

        /// <summary>Updates are applied.</summary>
        Running,

        /// <summary>The last update is applied; servers hand in their partitions.</summary>
        Closing,

        /// <summary>Completed or failed.</summary>
        Ended,
    }

    protected override void OnStarted(DurableItem? record, long incarnation, TimeSpan now, Outbox outbox)
    {
        _record.Restore((CoordinatorRecord?)record ?? CoordinatorRecord.Empty);
        _lastProgress = now;
        outbox.SetTimer(TimerKind.Stall, StallLimit);
        WatchMembers(now, outbox);
    }

    protected override void OnMessage(Envelope envelope, TimeSpan now, Outbox outbox)
    {
        switch (envelope)
        {
            case Envelope<Progress> progress:
                OnProgress(progress.Message, now, outbox);
                break;
            case Envelope<Drift> drift when drift.Message.Generation == _generation:
                OnDrift(drift.Message, outbox);
                break;
            case Envelope<Probed> probed when probed.Message.Generation == _generation:
                OnProbed(probed.Message, outbox);
                break;
            case Envelope<Report> report when report.Message.Generation == _generation:
                OnReport(report.From, report.FromIncarnation, report.Message, now, outbox);
                break;
            case Envelope<Join> join:
                OnJoin(join.From, join.Message, now, outbox);
                break;
            case Envelope<Rewound> rewound:
                OnRewound(rewound.Message, now, outbox);
                break;
            case Envelope<Final> final:
                OnFinal(final.Message, outbox);
                break;
            case Envelope<CutPart> part:
                OnCutPart(part.Message, outbox);
                break;
            case Envelope<LogKept> kept when kept.Message.Generation == _generation:
                OnLogKept(kept.Message.Version, now, outbox);
                break;
            case Envelope<FetchCut> fetch when fetch.Message.Generation == _generation:
                outbox.Load(DurableKey.Copy(fetch.Message.Partition, fetch.Message.Version));
                break;
            case Envelope<RecordKept> kept when _members.IsHere(kept.From, kept.FromIncarnation):
                _record.OnKept(kept.From.Index, kept.Message.Number, outbox);
                OnRecordChanged(now, outbox);
                break;
            case Envelope<EndEarly>:
                _endEarly = true;
                Continue(now, outbox);
                break;
            default:
                OnMilestoneMessage(envelope, now, outbox);
                break;
        }
    }

    protected override void OnPeerDown(ActorId peer, long incarnation, TimeSpan now, Outbox outbox)
    {
        if (!_members.Remove(peer, incarnation) || _phase == Phase.Ended)
        {
            return;
        }

        WatchMembers(now, outbox);
        if (peer.Role == Role.Server)
        {
            Gather(outbox);
        }
        else
        {
            Place(now, outbox);
        }
    }

    protected override void OnStored(DurableKey key, DurableItem item, TimeSpan now, Outbox outbox)
    {
        if (key.Kind == DurableKind.Copy)
        {
            OnCopied(key, item, now, outbox);
            return;
        }

        _record.OnStored(outbox);
        OnRecordChanged(now, outbox);
    }

    protected override void OnLoaded(DurableKey key, DurableItem? item, Outbox outbox) =>
        CutCopies.Answer(key, (PartitionCut?)item, _record.LatestCut, _generation, outbox);

    private void OnRecordChanged(TimeSpan now, Outbox outbox)
    {
        if (_phase == Phase.Recording && _record.Durable.Generation == _generation)
        {
            Rewind(outbox);
        }

        OnRecordStored(now, outbox);
    }

    private void OnJoin(ActorId member, in Join join, TimeSpan now, Outbox outbox)
    {
        if (!_members.Add(member, join.Incarnation))
        {
            return;
        }

        _record.Hear(join);
        if (_phase is Phase.Ended or Phase.Closing)
        {
            outbox.Send(member, new Stop(_generation));
        }

        _lastProgress = now;
        WatchMembers(now, outbox);
        if (member.Role == Role.Server)
        {
            _record.OnServerJoined(member, outbox);
        }
        else
        {
            _workers.Forget(member.Index);
        }

        // A worker that has seen this generation, or a higher one, before it joined outlived a coordinator whose record is lost: its
        // generation of this number was another.
        if (member.Role == Role.Worker && (join.Generation == 0 || join.Generation < _generation))
        {
            Place(now, outbox);
        }
        else if (_phase != Phase.Ended)
        {
            Gather(outbox);
        }
    }

    /// <summary>State was lost, or is not there yet: the next generation opens as soon as every partition has a server.</summary>
    private void Gather(Outbox outbox)
    {
        _account.LetGo();
        _throughput.Pause();
        _phase = Phase.Gathering;
        outbox.Observe(new GenerationAwaited(_generation));
        if (_members.HasAllServers)
        {
            _phase = Phase.Recording;
            _generation = _record.OpenGeneration(outbox);
        }
    }

    private void Rewind(Outbox outbox)
    {
        var cut = _plan.Continue(_record.LatestCut);
        _rulePhase = cut.Phase;
        _phase = Phase.Rewinding;
        _samplesBefore = Math.Max(_samplesBefore, Math.Max(_progress.Samples, cut.Samples));
        _milestone = null;
        _logged = -1;
        _copies.Reset();
        _placement = default;
        _evaluation.Abandon();
        _workers.ForgetAll();
        _losses.Restore(cut.History, cut.Samples);
        _asynchrony.Restore(cut, _rulePhase);
        _guard.Open(_rulePhase);
        _horizon = cut.Version;
        LookAgain(cut);
        _progress = ProgressAt(cut);
        Array.Clear(_rewound);
        outbox.Send(ActorId.Sequencer, new Rewind(_generation, cut));
        ToServers(new Rewind(_generation, cut), outbox);
    }

    private Progress ProgressAt(CompleteCut cut) => new(
        _generation,
        cut.Version,
        cut.Samples,
        Loss: 0,
        _plan.PlannedSamples ?? (cut.Samples + cut.Dropped.Samples),
        cut.Redispatched,
        cut.StalenessSum,
        cut.Units,
        cut.Dropped,
        Staleness: null,
        LastLane: -1,
        Horizon: cut.Version,
        IsDrained: true,
        _plan.IsAtEnd(cut));

    /// <summary>
    /// Whether the accuracy aimed at had been reached is not in the record, so an epoch's end is evaluated again; what was reached after
    /// the cut is not reached any more.
    /// </summary>
    private void LookAgain(CompleteCut cut)
    {
        _targetReached = false;
        _epochEnded = _plan.TargetAccuracy is not null && cut.Version > 0 && cut.History.EpochSamples == 0;
        _dueEpoch = _epochEnded && _schedule.EvaluatesAfter(_losses.Epochs) ? _losses.Epochs : null;
        _lookedAt = _epochEnded ? cut.Version - 1 : cut.Version;
    }

    private void OnRewound(in Rewound rewound, TimeSpan now, Outbox outbox)
    {
        if (rewound.Generation != _generation || _phase != Phase.Rewinding)
        {
            return;
        }

        if (!rewound.Ok)
        {
            outbox.Observe(new CutUnreadable(_record.LatestCut.Version, rewound.Partition));
            _record.DropLatestCut();
            Gather(outbox);
            return;
        }

        _rewound[rewound.Partition] = true;
        _samplesBefore = Math.Max(_samplesBefore, rewound.SamplesBefore);
        if (Array.TrueForAll(_rewound, done => done))
        {
            Run(now, outbox);
        }
    }

    private void Run(TimeSpan now, Outbox outbox)
    {
        var cut = _record.LatestCut;
        _rolledBack = Math.Max(_rolledBack, cut.RolledBack) + _samplesBefore - cut.Samples;
        _samplesBefore = 0;
        _phase = Phase.Running;
        _lastProgress = now;
        _schedule.Open(cut with { Phase = _rulePhase }, now);
        outbox.Observe(new GenerationOpened(_generation, cut.Version));
        if (_rulePhase != cut.Phase)
        {
            outbox.Observe(new RuleSwitched(_plan.Rules[_rulePhase.Number].Name, cut.Version));
        }

        _late.Open(_generation, _rulePhase, outbox);
        Place(now, outbox);
        _throughput.Resume(now);
        Continue(now, outbox);
    }

    /// <summary>Tells everybody which workers share the lanes now.</summary>
    private void Place(TimeSpan now, Outbox outbox)
    {
        if (_phase != Phase.Running)
        {
            return;
        }

        _placement = new Placement(_generation, _placementNumber++, _members.Workers);
        outbox.Send(ActorId.Sequencer, _placement);
        ToServers(_placement, outbox);
        ToWorkers(_placement, outbox);
        _evaluation.Ask(_placement, _generation, outbox);
        _late.Begin(StepUnderWay, now);
        ProbeCurvature(outbox);
    }

    private void OnProgress(in Progress progress, TimeSpan now, Outbox outbox)
    {
        if (progress.Generation != _generation || _phase != Phase.Running)
        {
            return;
        }

        var before = _progress;
        _progress = progress;
        if (progress.Version > before.Version)
        {
            OnAdvanced(before, progress, now, outbox);
        }

        Continue(now, outbox);
    }

    private void OnAdvanced(in Progress before, in Progress progress, TimeSpan now, Outbox outbox)
    {
        var samples = progress.Samples - before.Samples;
        _lastProgress = now;
        _late.Begin(StepUnderWay, now);
        _throughput.Count(samples, now);
        _losses.Add(progress.Loss, progress.Samples);
        _asynchrony.OnAdvanced(progress, _placement);
        ObserveAdvance(before, progress, samples, outbox);
        if (_losses.JustEnded)
        {
            NoteEpochEnd();
            _workers.Observe(_placement, _plan.Lanes, outbox);
            JudgeRate(outbox);
            ProbeCurvature(outbox);
            ObserveAsynchronyAfter(_losses.Epochs, progress.IsAtEnd, outbox);
            outbox.Observe(new EpochEnded(_losses.Epochs, progress.Version, _losses.Latest, _throughput.TakeEpochRate(), progress.IsAtEnd));
        }
    }

    private void Fail(string reason, Outbox outbox, bool gaveUp = false)
    {
        End(outbox);
        outbox.Observe(new RunFailed(reason, gaveUp));
    }

    private void ToServers<T>(in T message, Outbox outbox)
        where T : struct, IMessage
    {
        for (var i = 0; i < _plan.Map.Partitions.Length; i++)
        {
            outbox.Send(ActorId.Server(i), message);
        }
    }

    private void ToWorkers<T>(in T message, Outbox outbox)
        where T : struct, IMessage
    {
        foreach (var worker in _members.Workers)
        {
            outbox.Send(ActorId.Worker(worker.Index), message);
        }
    }
}
