using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Reporting;

/// <summary>
/// One run as it goes, in bounded memory. The run's threads write it: a step costs two short locks and allocates nothing. Whoever draws it takes a
/// <see cref="View"/>.
/// </summary>
internal sealed class LiveRun : ITrainingProgress
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly string _config;
    private readonly ThinnedCurve _loss = new();
    private readonly ThinnedCurve _rate = new();
    private readonly ThinnedCurve _trainLoss = new();
    private readonly ThinnedCurve _testLoss = new();
    private readonly ThinnedCurve _accuracy = new();
    private readonly StalenessCount _staleness = new();
    private readonly WorkerBook _workers = new();
    private readonly NoticeBook _notices = new();
    private RunDescription? _description;
    private EpochReport? _epoch;
    private StepReport _step;
    private DropCounts _dropped;
    private long _firstVersion = -1;
    private long _rolledBack;
    private TimeSpan _elapsed;
    private string? _waitsFor;
    private RunEnd? _end;
    private long _changes;

    /// <param name="time">The clock of notices.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="before">Epochs that the run had done before this process.</param>
    public LiveRun(TimeProvider time, TrainingOptions options, IReadOnlyList<EpochReport> before)
    {
        _time = time;
        _config = EffectiveConfig.ToJson(options);
        foreach (var epoch in before)
        {
            Keep(epoch);
        }
    }

    public void Started(RunDescription description)
    {
        lock (_lock)
        {
            _description = description;
            _changes++;
        }
    }

    public void Step(in StepReport report)
    {
        lock (_lock)
        {
            // A run that went back to a cut does the samples since then again.
            _rolledBack += Math.Max(0, _step.SamplesApplied - report.SamplesApplied);
            _firstVersion = _firstVersion < 0 ? report.Version : _firstVersion;
            _step = report;
            _loss.Add(report.Version, report.Loss);
            _waitsFor = null;
            _changes++;
        }
    }

    public void Epoch(EpochReport report)
    {
        lock (_lock)
        {
            Keep(report);
            _changes++;
        }
    }

    public void Observed(TimeSpan time, Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<UnitObserved> unit:
                OnUnit(time, unit.Message);
                break;
            case Envelope<Advanced> advanced:
                OnAdvanced(time, advanced.Message);
                break;
            case Envelope<AsynchronyObserved> asynchrony:
                OnAsynchrony(asynchrony.Message.SoFar);
                break;
            case Envelope<Waiting> waiting:
                OnWaiting(waiting.Message);
                break;
        }
    }

    public void Notice(string line)
    {
        lock (_lock)
        {
            _notices.Add(_time.GetLocalNow(), line);
            _changes++;
        }
    }

    public void Ended(RunEnd end)
    {
        lock (_lock)
        {
            _end = end;
            _changes++;
        }
    }

    public RunView View()
    {
        lock (_lock)
        {
            return new RunView
            {
                Changes = _changes,
                Config = _config,
                Description = _description,
                Step = _step,
                FirstVersion = _firstVersion,
                Epoch = _epoch,
                Elapsed = _elapsed,
                WaitsFor = _waitsFor,
                End = _end,
                Loss = _loss.ToArray(),
                TrainLoss = _trainLoss.ToArray(),
                TestLoss = _testLoss.ToArray(),
                Accuracy = _accuracy.ToArray(),
                Rate = _rate.ToArray(),
                Staleness = _staleness.View(),
                Workers = _workers.View(),
                Ledger = _end?.Result?.Ledger ?? Ledger(),
                Notices = _notices.View(),
            };
        }
    }

    private void Keep(EpochReport report)
    {
        _epoch = report;
        _trainLoss.Add(report.Version, report.TrainLoss);
        _testLoss.Add(report.Version, report.TestLoss ?? double.NaN);
        _accuracy.Add(report.Version, report.TestAccuracy ?? double.NaN);
    }

    private void OnUnit(TimeSpan time, in UnitObserved unit)
    {
        lock (_lock)
        {
            _workers.Add(time, unit);
            _changes++;
        }
    }

    private void OnAdvanced(TimeSpan time, in Advanced advanced)
    {
        lock (_lock)
        {
            _elapsed = time;
            _dropped = advanced.DroppedSoFar;
            _staleness.Add(advanced);
            if (advanced.Duration > TimeSpan.Zero)
            {
                var seconds = advanced.Duration.TotalSeconds;
                _rate.Add(advanced.Version, advanced.UpdateSamples / seconds, seconds);
            }
        }
    }

    private void OnAsynchrony(Asynchrony asynchrony)
    {
        lock (_lock)
        {
            _staleness.Replace(asynchrony.Staleness);
            _changes++;
        }
    }

    private void OnWaiting(in Waiting waiting)
    {
        var line = WaitingLine.Of(waiting);
        lock (_lock)
        {
            _waitsFor = line;
            _changes++;
        }
    }

    /// <summary>As far as steps tell it; the run's own comes with its result.</summary>
    private LedgerReport Ledger() => new(
        _step.SamplesPlanned, _step.SamplesApplied, _dropped.Samples, _step.SamplesPlanned - _step.SamplesApplied - _dropped.Samples, 0, _rolledBack)
    {
        DroppedBy = _dropped.Units == 0 ? null : new DropReport(_dropped.Late, _dropped.Unused, _dropped.Skipped),
    };
}
