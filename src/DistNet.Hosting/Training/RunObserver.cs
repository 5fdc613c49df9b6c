using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Turns what the actors observe into what a watcher is told, what the run folder keeps, and measurements. An epoch is reported when its evaluation
/// is in, where one is due.
/// </summary>
/// <param name="plan">The run.</param>
/// <param name="epochs">Epochs planned.</param>
/// <param name="progress">Is told.</param>
/// <param name="metrics">Keeps it; null: nobody does.</param>
/// <param name="about">What is known of an actor beside its name; null: nothing.</param>
/// <param name="time">The run's time; null: the system's.</param>
public sealed class RunObserver(
    RunPlan plan, int epochs, ITrainingProgress progress, MetricsWriter? metrics, Func<ActorId, string?>? about = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _began = (time ?? TimeProvider.System).GetTimestamp();
    private readonly TrainingMeter _meter = new();
    private readonly ServiceTimeReservoir? _times = metrics is null ? null : new(plan.Seed);
    private readonly TimelineRecorder? _timeline = metrics is null ? null : new();
    private readonly EpochQueue _epochs = new(report => Tell(report, progress, metrics));
    private readonly List<WorkerReport> _workers = [];
    private readonly List<double> _testLosses = [];
    private readonly List<double> _testAccuracies = [];
    private long _samples;
    private AsynchronyReport _untold = AsynchronyReport.Nothing;

    /// <summary>The finished run; null until then.</summary>
    public RunSummary? Summary { get; private set; }

    public string? WeightsSha256 { get; private set; }

    /// <summary>How asynchronous the run was, as it was told last.</summary>
    public AsynchronyReport Asynchrony { get; private set; } = AsynchronyReport.Nothing;

    /// <summary>Why there is no summary.</summary>
    public string? Failure { get; private set; }

    public IReadOnlyList<double> TestLosses => _testLosses;

    public IReadOnlyList<double> TestAccuracies => _testAccuracies;

    private TimeSpan Elapsed => _time.GetElapsedTime(_began);

    public void Observe(Envelope envelope)
    {
        progress.Observed(Elapsed, envelope);
        _meter.Observe(envelope);
        switch (envelope)
        {
            case Envelope<UnitObserved> unit:
                OnUnit(unit.Message);
                break;
            case Envelope<AsynchronyObserved> asynchrony:
                Asynchrony = _untold = AsynchronyReport.Of(asynchrony.Message.SoFar);
                break;
            case Envelope<Advanced> advanced:
                OnAdvanced(advanced.Message);
                break;
            case Envelope<WorkerObserved> worker:
                OnWorker(worker.Message);
                break;
            case Envelope<EpochEnded> ended:
                OnEpoch(ended.Message);
                break;
            case Envelope<Scored> scored:
                OnScored(scored.Message);
                break;
            case Envelope<CutTaken>:
                _timeline?.OnMilestone(Elapsed);
                break;
            case Envelope<Waiting> waiting:
                progress.Notice(WaitingLine.Of(waiting.Message, about));
                break;
            case Envelope<RateJudged> { Message: { Warns: true } judged }:
                progress.Notice(StabilityLine.Of(judged, plan));
                break;
            case Envelope<RunFailed> failed:
                Failure = failed.Message.Reason;
                KeepTimes();
                break;
            case Envelope<RunCompleted> completed:
                OnCompleted(completed.Message);
                break;
        }
    }

    private void OnAdvanced(in Advanced advanced)
    {
        _samples = advanced.Samples;
        var report = new StepReport(
            advanced.Version, advanced.TotalVersions, advanced.Samples, advanced.PlannedSamples, advanced.Loss);
        progress.Step(report);
        if (plan.RecordSteps)
        {
            metrics?.Step(report);
        }
    }

    private void OnUnit(in UnitObserved unit)
    {
        _timeline?.Add(Elapsed, unit);
        if (unit.Samples > 0)
        {
            _times?.Add(new ServiceTime(unit.Worker, unit.Step, unit.Samples, unit.Compute.TotalMilliseconds));
        }
    }

    private void KeepTimes()
    {
        if (_times is not null)
        {
            metrics!.ServiceTimes(_times.Times);
            metrics.Timeline(_timeline!.Spans);
        }
    }

    private void OnWorker(in WorkerObserved worker) => _workers.Add(new WorkerReport(
        ActorId.Worker(worker.Worker).ToString(),
        LaneText.Of(worker.FirstLane, worker.EndLane),
        worker.SamplesPerSecond,
        worker.EndLane == worker.FirstLane ? "spare" : "computing"));

    private void OnEpoch(in EpochEnded ended)
    {
        var report = new EpochReport(
            ended.Epoch, epochs, ended.Version, ended.TrainLoss, null, null, ended.SamplesPerSecond, [.. _workers])
        {
            Samples = _samples,
            Seconds = Elapsed.TotalSeconds,
            Staleness = _untold.Staleness,
            Drift = _untold.Drift,
            ImplicitMomentum = _untold.ImplicitMomentum,
            Curvature = _untold.Curvature,
            StableLearningRate = _untold.StableLearningRate,
            Waiting = _untold.Waiting,
        };
        _untold = AsynchronyReport.Nothing;
        _workers.Clear();
        _epochs.Add(report, awaitsScore: plan.TestSamples > 0 && (ended.Epoch % plan.EvaluateEvery == 0 || ended.IsLast));
    }

    private void OnScored(in Scored scored)
    {
        _timeline?.OnMilestone(Elapsed);
        _testLosses.Add(scored.TestLoss);
        _testAccuracies.Add(scored.TestAccuracy);
        _epochs.Score(scored);
    }

    private void OnCompleted(in RunCompleted completed)
    {
        _epochs.Flush();
        KeepTimes();
        Summary = completed.Summary;
        WeightsSha256 = WeightsHash.Of(plan.Map, completed.Partitions);
        foreach (var partition in completed.Partitions)
        {
            partition.Release();
        }
    }

    private static void Tell(EpochReport report, ITrainingProgress progress, MetricsWriter? metrics)
    {
        metrics?.Epoch(report);
        progress.Epoch(report);
    }
}
