using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Whom the run waits for, and what is done about it. Every wait has a timer.</summary>
public sealed partial class CoordinatorActor
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(5);

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
        }
    }

    private static void ClearTimers(Outbox outbox)
    {
        outbox.ClearTimer(TimerKind.Stall);
        outbox.ClearTimer(TimerKind.Late);
    }

    private void OnStallTimer(TimeSpan now, Outbox outbox)
    {
        if (now - _lastProgress >= StallLimit)
        {
            outbox.Observe(new Waiting(WaitedFor(), now - _lastProgress));
        }

        outbox.SetTimer(TimerKind.Stall, StallLimit);
    }

    private string WaitedFor() => _phase switch
    {
        Phase.Gathering => string.Join(", ", _members.MissingServers),
        Phase.Recording => "the record to be stored",
        Phase.Rewinding => string.Join(", ", Enumerable.Range(0, _rewound.Length).Where(i => !_rewound[i]).Select(ActorId.Server)),
        Phase.Closing => "servers to hand in their partitions",
        _ when !_members.HasWorkers => "a worker",
        _ => string.Join(", ", _placement.Workers
            .Where(worker => !_workers.HasReported(worker.Index, _progress.Version))
            .Select(worker => $"{ActorId.Worker(worker.Index)} (step {_progress.Version})")),
    };
}
