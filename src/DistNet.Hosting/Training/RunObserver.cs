using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Turns what the actors observe into what a watcher is told and metrics.jsonl keeps. An epoch is reported when its evaluation is in,
/// where one is due.
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
    private readonly Queue<EpochReport> _awaited = new();
    private readonly List<WorkerReport> _workers = [];
    private readonly List<double> _testLosses = [];
    private readonly List<double> _testAccuracies = [];
    private long _samples;

    /// <summary>The finished run; null until then.</summary>
    public RunSummary? Summary { get; private set; }

    public string? WeightsSha256 { get; private set; }

    /// <summary>Why there is no summary.</summary>
    public string? Failure { get; private set; }

    public IReadOnlyList<double> TestLosses => _testLosses;

    public IReadOnlyList<double> TestAccuracies => _testAccuracies;

    public void Observe(Envelope envelope)
    {
        switch (envelope)
        {
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
            case Envelope<Waiting> waiting:
                progress.Notice(WaitingLine.Of(waiting.Message, about));
                break;
            case Envelope<RunFailed> failed:
                Failure = failed.Message.Reason;
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

    private void OnWorker(in WorkerObserved worker) => _workers.Add(new WorkerReport(
        ActorId.Worker(worker.Worker).ToString(),
        LaneText.Of(worker.FirstLane, worker.EndLane),
        worker.SamplesPerSecond,
        worker.EndLane == worker.FirstLane ? "spare" : "computing"));

    private void OnEpoch(in EpochEnded ended)
    {
        _awaited.Enqueue(new EpochReport(
            ended.Epoch, epochs, ended.Version, ended.TrainLoss, null, null, ended.SamplesPerSecond, [.. _workers])
        {
            Samples = _samples,
            Seconds = _time.GetElapsedTime(_began).TotalSeconds,
        });
        _workers.Clear();
        if (plan.TestSamples == 0 || (ended.Epoch % plan.EvaluateEvery != 0 && !ended.IsLast))
        {
            Flush();
        }
    }

    private void OnScored(in Scored scored)
    {
        _testLosses.Add(scored.TestLoss);
        _testAccuracies.Add(scored.TestAccuracy);
        while (_awaited.TryDequeue(out var report))
        {
            Tell(report.Epoch == scored.Epoch
                ? report with { TestLoss = scored.TestLoss, TestAccuracy = scored.TestAccuracy }
                : report);
        }
    }

    private void OnCompleted(in RunCompleted completed)
    {
        Flush();
        Summary = completed.Summary;
        WeightsSha256 = WeightsHash.Of(plan.Map, completed.Partitions);
        foreach (var partition in completed.Partitions)
        {
            partition.Release();
        }
    }

    private void Flush()
    {
        while (_awaited.TryDequeue(out var report))
        {
            Tell(report);
        }
    }

    private void Tell(EpochReport report)
    {
        metrics?.Epoch(report);
        progress.Epoch(report);
    }
}
