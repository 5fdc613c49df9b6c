using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What workers and servers report of single updates, and what is told of them.</summary>
public sealed partial class CoordinatorActor
{
    private readonly AsynchronyBook _asynchrony;
    private readonly LearningRateGuard _guard;

    private void OnReport(ActorId worker, long incarnation, in Report report, TimeSpan now, Outbox outbox)
    {
        if (_members.IsHere(worker, incarnation))
        {
            var isFirst = _workers.Add(worker.Index, report, now);
            outbox.Observe(_asynchrony.OnReport(worker.Index, report, isFirst));
            if (isFirst)
            {
                _late.OnReport(worker.Index, report.Step, now);
            }
        }

        if (report.NonFiniteLayer >= 0 && _phase == Phase.Running)
        {
            Fail(
                $"The output of layer {report.NonFiniteLayer} is not finite at step {report.Step}. "
                + "Lower the learning rate (--lr), clip gradients (--clip-norm 1) or scale the data (--scale standard).",
                outbox);
        }
    }

    private void OnDrift(in Drift drift, Outbox outbox)
    {
        if (_asynchrony.OnDrift(drift) is { } measured)
        {
            outbox.Observe(measured);
        }
    }

    private void OnProbed(in Probed probed, Outbox outbox)
    {
        if (_phase == Phase.Running)
        {
            _guard.OnProbed(probed.Curvature);
            JudgeRate(outbox);
        }
    }

    private void JudgeRate(Outbox outbox)
    {
        if (_guard.Judge(_progress, _asynchrony.PresentStaleness) is { } judged)
        {
            outbox.Observe(judged);
        }
    }

    /// <summary>Always the same worker while it is here: its next estimate goes on from where the last one ended.</summary>
    private void ProbeCurvature(Outbox outbox)
    {
        if (_placement.Workers.Count > 0 && !IsOver && _guard.TryProbe(_progress.Units))
        {
            outbox.Send(ActorId.Worker(_placement.HostOf(0, _plan.Lanes).Index), new Probe(_generation));
        }
    }

    private void ObserveAdvance(in Progress before, in Progress progress, long samples, Outbox outbox) => outbox.Observe(
        new Advanced(progress.Version, _plan.TotalVersions(_rulePhase), progress.Samples, progress.Planned, progress.Loss / samples)
        {
            Duration = _throughput.LastStep,
            Units = progress.Units - before.Units,
            Staleness = progress.Staleness,
            UpdateSamples = samples,
            Dropped = progress.Dropped - before.Dropped,
            DroppedSoFar = progress.Dropped,
        });

    /// <summary>An epoch may be a single small step: as rarely as it is evaluated.</summary>
    private void ObserveAsynchronyAfter(int epochs, bool isLast, Outbox outbox)
    {
        if (isLast || epochs % _plan.EvaluateEvery == 0)
        {
            ObserveAsynchrony(outbox);
        }
    }

    private void ObserveAsynchrony(Outbox outbox) =>
        outbox.Observe(new AsynchronyObserved(_asynchrony.Summary with { Rate = _guard.Verdict }));
}
