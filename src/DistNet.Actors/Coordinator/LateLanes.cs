using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Barrier rules: a worker that holds a step up after others have done theirs is helped. One of those computes its lanes of that step
/// too; whichever copy comes first counts, and they have the same bits. Does not judge who has died, and moves no lanes.
/// </summary>
internal sealed class LateLanes(RunPlan plan, WorkerBook workers)
{
    private readonly LateLimit _limit = new();
    private readonly HashSet<int> _helped = [];
    private readonly List<int> _done = [];
    private bool _helps;
    private long _generation;
    private long _step;
    private TimeSpan _since;

    /// <summary>Only where an update is one global batch is there a step that others can compute.</summary>
    public void Open(long generation, RulePhase phase, Outbox outbox)
    {
        _generation = generation;
        _helped.Clear();
        _helps = plan.HelpsLateWorkers && plan.Rules[phase.Number] is BarrierRule { StepsPerUpdate: 1 };
        if (_helps)
        {
            outbox.SetTimer(TimerKind.Late, LateLimit.Floor);
        }
        else
        {
            outbox.ClearTimer(TimerKind.Late);
        }
    }

    /// <summary>The step may begin now, or its lanes have been placed anew.</summary>
    public void Begin(long step, TimeSpan now)
    {
        if (step != _step)
        {
            _helped.Clear();
        }

        _step = step;
        _since = now;
    }

    /// <summary>
    /// A worker reports a step for the first time. What workers took that were helped does not count: were one slow for good, slow
    /// would become usual.
    /// </summary>
    public void OnReport(int worker, long step, TimeSpan now)
    {
        if (step == _step && !_helped.Contains(worker))
        {
            _limit.Add(now - _since);
        }
    }

    /// <summary>
    /// The timer looks at whatever step is under way and costs a step nothing. It is never later than the deadline, for that lies a floor
    /// behind the step's beginning.
    /// </summary>
    public void OnTimer(in Placement placement, TimeSpan now, Outbox outbox)
    {
        var rest = Due(placement, now) - now;
        if (rest <= TimeSpan.Zero)
        {
            Help(placement, outbox);
            rest = LateLimit.Floor;
        }

        outbox.SetTimer(TimerKind.Late, rest < LateLimit.Floor ? rest : LateLimit.Floor);
    }

    /// <summary>
    /// When whoever has not done this step is late: by the times of steps before, and not before twice the time of the first to do it, in
    /// case all are slower today. It is always to come while nobody has done it.
    /// </summary>
    private TimeSpan Due(in Placement placement, TimeSpan now)
    {
        FindDone(placement);
        var first = _done.Count == 0 ? now : workers.ReportedAt(_done[0]);
        var twice = (first - _since) * 2;
        var usual = _limit.Current;
        return _since + (twice > usual ? twice : usual);
    }

    /// <summary>Placed workers that have done this step, the first to do so first.</summary>
    private void FindDone(in Placement placement)
    {
        _done.Clear();
        foreach (var worker in placement.Workers)
        {
            if (workers.HasReported(worker.Index, _step) && IsDone(worker.Index, placement))
            {
                _done.Add(worker.Index);
            }
        }

        _done.Sort((one, other) => workers.ReportedAt(one).CompareTo(workers.ReportedAt(other)));
    }

    private void Help(in Placement placement, Outbox outbox)
    {
        foreach (var worker in placement.Workers)
        {
            if (!IsDone(worker.Index, placement) && _helped.Add(worker.Index))
            {
                var lanes = placement.LanesOf(worker.Index, plan.Lanes);
                var helper = _done[(_helped.Count - 1) % _done.Count];
                var help = new AssistWith(_generation, _step, lanes.First, lanes.End);
                outbox.Send(ActorId.Worker(helper), help);
                outbox.Send(ActorId.Sequencer, help);
                outbox.Observe(new LaneLate(worker.Index, _step, lanes.First, lanes.End, helper));
            }
        }
    }

    private bool IsDone(int worker, in Placement placement) =>
        workers.HasDone(worker, _step, plan.SamplesOf(_step, placement.LanesOf(worker, plan.Lanes)));
}
