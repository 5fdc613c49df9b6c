using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Whom the run waits for, and what is done about it. Every wait has a timer.</summary>
public sealed partial class CoordinatorActor
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(2);

    private TimeSpan? _incompleteSince;

    protected override void OnTimer(TimerKind timer, TimeSpan now, Outbox outbox)
    {
        switch (timer)
        {
            case TimerKind.Stall when _phase != Phase.Ended:
                OnStallTimer(now, outbox);
                break;
            case TimerKind.Late when _phase == Phase.Running:
                _late.OnTimer(_placement, now, outbox);
                break;
            case TimerKind.GiveUp when _phase != Phase.Ended:
                OnGiveUpTimer(now, outbox);
                break;
        }
    }

    private static void ClearTimers(Outbox outbox)
    {
        outbox.ClearTimer(TimerKind.Stall);
        outbox.ClearTimer(TimerKind.Late);
        outbox.ClearTimer(TimerKind.GiveUp);
    }

    private static Awaited[] Plain(IEnumerable<ActorId> actors) => [.. actors.Select(actor => new Awaited(actor, -1, 0, 0))];

    private void OnStallTimer(TimeSpan now, Outbox outbox)
    {
        var since = now - _lastProgress;
        if (since < StallLimit)
        {
            outbox.SetTimer(TimerKind.Stall, StallLimit - since);
            return;
        }

        var (actors, what) = WaitedFor();
        outbox.Observe(new Waiting(actors, what, since));
        outbox.SetTimer(TimerKind.Stall, StallLimit);
    }

    /// <summary>Somebody has come or gone.</summary>
    private void WatchMembers(TimeSpan now, Outbox outbox)
    {
        if (_members.HasAllServers && _members.HasWorkers)
        {
            _incompleteSince = null;
            outbox.ClearTimer(TimerKind.GiveUp);
        }
        else if (_incompleteSince is null)
        {
            _incompleteSince = now;
            if (_plan.GiveUpAfter is { } limit)
            {
                outbox.SetTimer(TimerKind.GiveUp, limit);
            }
        }
    }

    private void OnGiveUpTimer(TimeSpan now, Outbox outbox)
    {
        if (_members.HasAllServers && _phase == Phase.Closing)
        {
            // The last gradient is applied: workers are not needed any more. Should a server go now, the wait begins anew.
            _incompleteSince = null;
            return;
        }

        var missing = _members.MissingServers.Select(server => server.ToString()).Concat(_members.HasWorkers ? [] : ["a worker"]);
        var seconds = (now - _incompleteSince!.Value).TotalSeconds;
        Fail($"Given up: for {seconds:F0} s the run has had to do without {string.Join(" and ", missing)}.", outbox, gaveUp: true);
    }

    private (IReadOnlyList<Awaited> Actors, string What) WaitedFor() => _phase switch
    {
        Phase.Gathering => (Plain(_members.MissingServers), "servers"),
        Phase.Recording => (Plain(_record.Missing), "the record"),
        Phase.Rewinding => (Plain(Enumerable.Range(0, _rewound.Length).Where(i => !_rewound[i]).Select(ActorId.Server)), "the last cut"),
        Phase.Closing => (Plain(_account.Missing), "the final weights"),
        _ when !_members.HasWorkers => ([], "a worker"),
        _ when _milestone is not null && IsDrained => WaitedForBy(_milestone),
        _ => Computing() is { Count: > 0 } computing ? (computing, "gradients") : (Plain(_members.Servers), "the update"),
    };

    private (IReadOnlyList<Awaited> Actors, string What) WaitedForBy(MilestoneInProgress milestone) =>
        _evaluation.IsOpen ? (Plain(_evaluation.Missing(_placement)), "the evaluation")
        : milestone.Missing.Any() ? (Plain(milestone.Missing.Select(ActorId.Server)), "the cut")
        : (Plain(_record.Missing), "the record");

    /// <summary>Workers with something to compute. Where an update is not one global batch nobody here knows at which step which lane is.</summary>
    private List<Awaited> Computing()
    {
        var isStep = _plan.Rules[_rulePhase.Number] is BarrierRule { StepsPerUpdate: 1 };
        var step = isStep ? StepUnderWay : -1;
        var computing = new List<Awaited>();
        foreach (var worker in _placement.Workers)
        {
            var lanes = _placement.LanesOf(worker.Index, _plan.Lanes);
            if (lanes.Count > 0 && !(isStep && _workers.HasDone(worker.Index, step, _plan.SamplesOf(step, lanes))))
            {
                computing.Add(new Awaited(ActorId.Worker(worker.Index), step, lanes.First, lanes.End));
            }
        }

        return computing;
    }
}
