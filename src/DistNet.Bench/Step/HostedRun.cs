using System.Diagnostics;
using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Bench;

/// <summary>
/// A training run in the in-process host that goes on only when it is told to: between two turns the thread of the actors' turns waits
/// at a version, on a clock that stands still. Steps are timed where they are observed, so that no actor knows of it.
/// </summary>
internal sealed class HostedRun : IDisposable
{
    /// <summary>Steps between going on and the first one that is timed: workers may be a step ahead, and caches are cold.</summary>
    private const int LeadIn = 10;

    private readonly InProcessHost _host;
    private readonly Thread _thread;
    private readonly PausableTime _time = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _goOn = new(0);
    private readonly SemaphoreSlim _paused = new(0);
    private readonly NetworkRunners _runners;
    private readonly DirectoryInfo? _logFolder;
    private readonly Action<Envelope>? _watch;
    private Exception? _failure;
    private long _first;
    private long _last;
    private long _startBytes;
    private long _startTime;
    private Turn _turn;

    /// <summary>Makes everything ready; nothing runs before <see cref="Run"/>.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="setup">By whom.</param>
    /// <param name="watch">Given the plan, who is told what is observed while steps are measured; null: nobody.</param>
    public HostedRun(StepNetwork network, StepSetup setup, Func<RunPlan, Action<Envelope>>? watch = null)
    {
        var data = network.Data();
        var workers = setup.Workers;
        var plan = network.Plan(data, workers, setup.Lanes) with { Rules = RuleSchedule.Parse(setup.Rule, setup.Lanes), Records = setup.Records };
        _watch = watch?.Invoke(plan);
        _runners = new NetworkRunners(plan, data, null, workers, workers);
        _logFolder = setup.Records ? Directory.CreateTempSubdirectory("distnet-bench-") : null;
        var options = new ActorHostOptions(workers, workers, _runners.Create, Observe);
        var log = LogPath is null ? null : UpdateLogFile.Open(LogPath);
        _host = new InProcessHost(plan, options, new CheckpointStorage(plan, null, null, log), _time);
        _time.Pause();
        _thread = new Thread(RunHost) { IsBackground = true, Name = "turns" };
        _thread.Start();
    }

    /// <summary>Updates applied so far.</summary>
    public long Version { get; private set; }

    /// <summary>Where a run that records does so, until it is disposed.</summary>
    public string? LogPath => _logFolder is null ? null : Path.Combine(_logFolder.FullName, UpdateLogFile.Name);

    /// <summary>Tensors in which the run ended, one for each partition; released by <see cref="Dispose"/>.</summary>
    public IReadOnlyList<TensorSlice> Partitions { get; private set; } = [];

    /// <summary>Goes on for <see cref="LeadIn"/> and so many steps, of which the latter are measured.</summary>
    public Turn Run(int steps)
    {
        ThrowIfEnded();
        _first = Version + LeadIn;
        _last = _first + steps;
        _goOn.Release();
        _paused.Wait();
        ThrowIfEnded();
        return _turn;
    }

    /// <summary>Ends the run soon; its <see cref="Partitions"/> are there then.</summary>
    public void End()
    {
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _goOn.Release();
            _thread.Join();
        }
    }

    public void Dispose()
    {
        End();
        foreach (var partition in Partitions)
        {
            partition.Release();
        }

        _host.Dispose();
        _logFolder?.Delete(recursive: true);
        _runners.Dispose();
        _end.Dispose();
        _goOn.Dispose();
        _paused.Dispose();
    }

    private void ThrowIfEnded()
    {
        if (_failure is not null)
        {
            throw new InvalidOperationException($"The run ended: {_failure.Message}", _failure);
        }
    }

    private void RunHost()
    {
        try
        {
            WaitToGoOn();
            _host.Run(_end.Token);
        }
        catch (Exception e)
        {
            _failure = e;
        }
        finally
        {
            _paused.Release();
        }
    }

    private void WaitToGoOn()
    {
        _goOn.Wait();
        _time.Resume();
    }

    private void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<Advanced> advanced:
                OnAdvanced(advanced.Message.Version);
                break;
            case Envelope<RunFailed> failed:
                _failure = new InvalidOperationException(failed.Message.Reason);
                break;
            case Envelope<RunCompleted> completed:
                Partitions = completed.Message.Partitions;
                return;
        }

        _watch?.Invoke(envelope);
    }

    private void OnAdvanced(long version)
    {
        Version = version;
        if (version == _first)
        {
            _startBytes = GC.GetTotalAllocatedBytes(precise: true);
            _startTime = Stopwatch.GetTimestamp();
        }
        else if (version == _last)
        {
            var seconds = Stopwatch.GetElapsedTime(_startTime).TotalSeconds;
            _turn = new Turn(seconds, GC.GetTotalAllocatedBytes(precise: true) - _startBytes);
            _time.Pause();
            _paused.Release();
            WaitToGoOn();
        }
    }

    /// <summary>What the measured steps of one turn took.</summary>
    /// <param name="Seconds">Wall time.</param>
    /// <param name="AllocatedBytes">Allocated by the whole process.</param>
    public readonly record struct Turn(double Seconds, long AllocatedBytes);
}
