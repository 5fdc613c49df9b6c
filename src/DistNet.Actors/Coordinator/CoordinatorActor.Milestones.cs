using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Milestones, the horizon and the end of the run.</summary>
public sealed partial class CoordinatorActor
{
    private bool _epochEnded;
    private int? _dueEpoch;
    private int _scoredEpoch;
    private long _logged;
    private long _lookedAt;

    private bool IsDrained => _progress.IsDrained && _progress.Horizon == _horizon;

    /// <summary>The global batch of the next update, where batches are updates; else the version.</summary>
    private long StepUnderWay => _plan.IsBarrier(_rulePhase) ? _plan.StepOf(_rulePhase, _progress.Version) : _progress.Version;

    /// <summary>The rule in force has come to its end, and another follows.</summary>
    private bool IsAtSwitch => _progress.Version == _plan.Rules.EndOf(_rulePhase.Number);

    private bool IsOver => _progress.IsAtEnd || _endEarly || _targetReached;

    /// <summary>The one place that decides what comes next; called whenever something has changed.</summary>
    private void Continue(TimeSpan now, Outbox outbox)
    {
        if (_phase != Phase.Running)
        {
            return;
        }

        if (_milestone is null && (IsDrained || !_plan.IsBarrier(_rulePhase)) && TryBeginMilestone(now, outbox))
        {
            return;
        }

        if (IsOver)
        {
            if (IsDrained && _milestone is null)
            {
                Close(outbox);
            }
        }
        else if (IsAtSwitch)
        {
            if (IsDrained && _milestone is null)
            {
                // The next rule begins as a generation does after a loss: from a complete cut, here one at which nothing is lost.
                Gather(outbox);
            }
        }
        else if (!_plan.IsBarrier(_rulePhase) || _milestone is null || (_milestone.LetsRunGoOn && !IsAtNextMilestone))
        {
            MoveHorizon(now, outbox);
        }
    }

    /// <summary>
    /// Barrier rules: the milestone before is still being stored here, where the next one is due. The run waits, so that what is evaluated
    /// does not depend on the speed of a disk.
    /// </summary>
    private bool IsAtNextMilestone =>
        IsDrained && _progress.Version > _lookedAt && _schedule.NextStop(_progress.Version - 1) == _progress.Version;

    private void MoveHorizon(TimeSpan now, Outbox outbox)
    {
        var isBarrier = _plan.IsBarrier(_rulePhase);
        var stop = !isBarrier ? _plan.LastVersion(_rulePhase)
            : _milestone is null ? _schedule.NextStop(_progress.Version, _horizon, now)
            : _schedule.NextStop(_progress.Version);
        var next = HorizonPolicy.Next(_progress.Version, _horizon, stop, isBarrier ? 1 : 2 * _plan.Lanes, _throughput.StepTime);
        if (next > _horizon)
        {
            if (_horizon == _progress.Version)
            {
                _late.Begin(StepUnderWay, now);
            }

            _horizon = next;
            outbox.Send(ActorId.Sequencer, new RunUntil(_generation, next));
        }
    }

    /// <summary>Begins a milestone if one is due here. Under a barrier rule the run is drained, so the version is exact.</summary>
    private bool TryBeginMilestone(TimeSpan now, Outbox outbox)
    {
        var version = _progress.Version;
        var last = IsOver && IsDrained;
        var fresh = version > _lookedAt;
        var evaluate = _plan.TestSamples > 0 && version > 0 && (last
            ? _evaluation.Version != version
            : fresh && _epochEnded && _dueEpoch is not null);
        var cut = last ? _schedule.IsLastCutDue(version)
            : (fresh && _schedule.IsCutDue(version, now)) || (IsAtSwitch && IsDrained && !_schedule.IsCut(version));
        if (_epochEnded || last)
        {
            _epochEnded = false;
            _lookedAt = version;
        }

        if (!evaluate && !cut)
        {
            return false;
        }

        if (evaluate)
        {
            _scoredEpoch = last ? _losses.Epochs : _dueEpoch!.Value;
            _dueEpoch = null;
        }

        _throughput.Pause();
        _asynchrony.OnMilestone(version);
        _lookedAt = version;
        _milestone = new MilestoneInProgress(
            cut, evaluate, _plan.Replicates, logs: _plan.Records && !_plan.IsBarrier(_rulePhase), _plan.Map.Partitions.Length);
        _milestone.OnLogged(_logged);
        outbox.Send(ActorId.Sequencer, new Checkpoint(_generation, cut, evaluate));
        outbox.Observe(new MilestoneBegan(version, cut, evaluate));
        return true;
    }

    /// <summary>Without barriers further epochs may end before a milestone can begin; the latest whose evaluation is due is evaluated then.</summary>
    private void NoteEpochEnd()
    {
        _epochEnded = true;
        _dueEpoch = _schedule.EvaluatesAfter(_losses.Epochs) ? _losses.Epochs : _dueEpoch;
    }

    private void OnMilestoneMessage(Envelope envelope, TimeSpan now, Outbox outbox)
    {
        if (_milestone is null)
        {
            return;
        }

        switch (envelope)
        {
            case Envelope<Milestone> taken when taken.Message.Generation == _generation:
                OnMilestone(taken.Message, now, outbox);
                break;
            case Envelope<Marked> marked when marked.Message.Generation == _generation:
                _milestone.OnMarked(marked.Message.Partition, marked.Message.Version);
                break;
            case Envelope<Cut> cut when cut.Message.Generation == _generation:
                _milestone.OnStored(cut.Message.Partition, cut.Message.Version);
                break;
            case Envelope<Evaluated> evaluated when evaluated.Message.Generation == _generation:
                OnEvaluated(evaluated.Message, outbox);
                break;
        }

        RecordCut(outbox);
        EndMilestone(now, outbox);
    }

    private void OnLogKept(long version, TimeSpan now, Outbox outbox)
    {
        _logged = Math.Max(version, _logged);
        if (_milestone is not null && _phase == Phase.Running)
        {
            _milestone.OnLogged(_logged);
            RecordCut(outbox);
            EndMilestone(now, outbox);
        }
    }

    /// <summary>The version that was marked may be a later one than that at which it was asked for.</summary>
    private void OnMilestone(in Milestone milestone, TimeSpan now, Outbox outbox)
    {
        if (milestone.Cut)
        {
            _schedule.OnCut(milestone.At.Version, now);
        }

        // What the sequencer told of this version came before, so these books are at it too.
        _milestone!.OnTaken(milestone, _losses.History, _asynchrony.StalenessCounts);
        if (milestone.Evaluate)
        {
            _evaluation.Open(milestone.At.Version, _placement, _generation, outbox);
        }
    }

    private void OnEvaluated(in Evaluated evaluated, Outbox outbox)
    {
        if (!_evaluation.Add(evaluated))
        {
            return;
        }

        _milestone!.OnEvaluated();
        outbox.Observe(new Scored(_scoredEpoch, _evaluation.Version, _evaluation.Loss, _evaluation.Accuracy));
        _targetReached |= _evaluation.Accuracy >= _plan.TargetAccuracy;
        if (!double.IsFinite(_evaluation.Loss))
        {
            Fail($"The test loss is not finite at version {_evaluation.Version}. Lower the learning rate (--lr).", outbox);
        }
    }

    private void RecordCut(Outbox outbox)
    {
        if (_milestone is { IsReadyToRecord: true } && _record.AddCut(_milestone.Complete(_generation, _rolledBack, _rulePhase), outbox) is { } superseded)
        {
            ToServers(new CutSuperseded(_generation, superseded.Version), outbox);
            _copies.Forget(superseded.Version, outbox);
        }
    }

    private void OnCutPart(in CutPart part, Outbox outbox)
    {
        if (part.Generation == _generation && _phase == Phase.Running)
        {
            _copies.Add(part, outbox);
        }
        else
        {
            part.Values.Release();
        }
    }

    private void OnCopied(DurableKey key, DurableItem item, TimeSpan now, Outbox outbox)
    {
        if (_milestone is not null && _copies.IsCurrent(key, item))
        {
            _milestone.OnCopied(key.Partition, key.Version);
            RecordCut(outbox);
            EndMilestone(now, outbox);
        }
    }

    private void OnRecordStored(TimeSpan now, Outbox outbox)
    {
        if (_milestone?.Cut is { } cut && _record.Durable.Cuts.Contains(cut))
        {
            _milestone.OnRecorded();
            outbox.Observe(new CutTaken(cut.Version));
            EndMilestone(now, outbox);
        }
    }

    private void EndMilestone(TimeSpan now, Outbox outbox)
    {
        if (_milestone is null || _phase != Phase.Running)
        {
            return;
        }

        if (_milestone.LetsRunGoOn)
        {
            _throughput.Resume(now);
        }

        if (_milestone.IsComplete)
        {
            _milestone = null;
        }

        Continue(now, outbox);
    }

    private void Close(Outbox outbox)
    {
        _phase = Phase.Closing;
        _throughput.Pause();
        ToServers(new Stop(_generation, _progress.Version), outbox);
        ToWorkers(new Stop(_generation), outbox);
    }

    private void OnFinal(in Final final, Outbox outbox)
    {
        if (final.Generation != _generation || _phase != Phase.Closing)
        {
            final.Parameters.Release();
            return;
        }

        _account.Add(final);
        if (_account.IsComplete)
        {
            Complete(outbox);
        }
    }

    private void Complete(Outbox outbox)
    {
        _copies.Reset();
        _phase = Phase.Ended;
        ClearTimers(outbox);
        if (_account.Mismatch(_progress.Version, _progress.Samples) is { } mismatch)
        {
            _account.LetGo();
            outbox.Observe(new RunFailed(mismatch));
            return;
        }

        ObserveAsynchrony(outbox);
        outbox.Observe(new RunCompleted(Summary(), _account.Take()));
    }

    private void End(Outbox outbox)
    {
        _copies.Reset();
        _phase = Phase.Ended;
        ClearTimers(outbox);
        ToServers(new Stop(_generation), outbox);
        ToWorkers(new Stop(_generation), outbox);
    }

    private RunSummary Summary()
    {
        var stopped = _endEarly && !_targetReached && !_progress.IsAtEnd;
        var done = _progress.Samples + _progress.Dropped.Samples;
        var planned = stopped ? _progress.Planned : _plan.PlannedSamples is { } all && !_targetReached ? all : done;
        var ledger = new Ledger(
            planned, _progress.Samples, _progress.Dropped, planned - done, _progress.Redispatched, _rolledBack);
        var scored = _evaluation.Version == _progress.Version && _plan.TestSamples > 0;
        return new RunSummary(
            _progress.Version,
            _progress.Samples,
            stopped,
            ledger,
            _losses.Latest,
            scored ? _evaluation.Loss : null,
            scored ? _evaluation.Accuracy : null,
            _progress.Units == 0 ? 0 : _progress.StalenessSum / _progress.Units,
            _throughput.SamplesPerSecond,
            _losses.History);
    }
}
