using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>
/// What a dashboard shows: the latest run of this process, and the cluster where there is one. Written by the run's threads, cheaply; read by whoever
/// draws.
/// </summary>
/// <param name="title">Whose page it is, such as distnet train.</param>
/// <param name="isVirtual">Times are a simulation's.</param>
/// <param name="time">The clock of notices and nodes; null: the system's.</param>
public sealed class DashboardModel(string title, bool isVirtual = false, TimeProvider? time = null) : IClusterWatcher
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly NodeBook _nodes = new();
    private ClusterStatus? _cluster;
    private LiveRun? _run;

    /// <summary>Something happened that is not to wait for its turn: a node came, went or changed what it does.</summary>
    internal event Action? Urgent;

    /// <inheritdoc/>
    public ITrainingProgress RunBegins(TrainingOptions options, string? folder)
    {
        var run = new LiveRun(_time, options, folder is null ? [] : EpochsIn(folder));
        lock (_lock)
        {
            _run = run;
            _nodes.Clear();
        }

        Urgent?.Invoke();
        return run;
    }

    /// <summary>A run of this process begins; who is told of it is this model and someone else.</summary>
    /// <param name="options">What was asked for; where it resumes a run, that one's epochs are shown, too.</param>
    /// <param name="other">The other who watches.</param>
    public ITrainingProgress Watch(TrainingOptions options, ITrainingProgress other) => new ProgressPair(other, RunBegins(options, options.Resume));

    /// <inheritdoc/>
    public void RunEnds(string how, TrainingResult? result)
    {
        lock (_lock)
        {
            _run?.Ended(new RunEnd(how, result));
        }

        Urgent?.Invoke();
    }

    /// <inheritdoc/>
    public void Saw(ClusterStatus status)
    {
        bool isNews;
        lock (_lock)
        {
            isNews = _nodes.Take(status.Nodes, _time.GetLocalNow()) || _cluster?.Run?.WaitsFor is null != status.Run?.WaitsFor is null;
            _cluster = status;
        }

        if (isNews)
        {
            Urgent?.Invoke();
        }
    }

    internal DashboardView View()
    {
        lock (_lock)
        {
            var now = _time.GetLocalNow();
            return new DashboardView(title, isVirtual, now, _run?.View(), _cluster, _nodes.View(now));
        }
    }

    /// <summary>What a run had done before this process; nothing where that cannot be read.</summary>
    private static IReadOnlyList<EpochReport> EpochsIn(string folder)
    {
        try
        {
            var path = RunFolder.Open(folder).MetricsPath;
            return File.Exists(path) ? MetricsReader.Epochs(path) : [];
        }
        catch (Exception e) when (e is RunFolderException or System.Text.Json.JsonException)
        {
            return [];
        }
    }
}
