using System.Text.Json;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka;

/// <summary>Keeps the last of what a run tells, for those to whom it is published. Many threads.</summary>
internal sealed class RunTeller : ITrainingProgress
{
    private readonly Lock _lock = new();
    private string _run = "";
    private StepReport? _step;
    private ClusterStatus? _status;

    /// <summary>The cluster as it was a moment ago, as JSON; null: nothing is known yet.</summary>
    public string? Status => Volatile.Read(ref _status) is { } status ? JsonSerializer.Serialize(status, FeedLine.Json) : null;

    public void Begin(string run)
    {
        lock (_lock)
        {
            (_run, _step) = (run, null);
        }
    }

    public void Saw(ClusterStatus status) => Volatile.Write(ref _status, status);

    /// <summary>The last update, if it was not taken before.</summary>
    public LossTold? TakeLoss()
    {
        lock (_lock)
        {
            var step = _step;
            _step = null;
            return step is { } last ? new LossTold(_run, last.Version, last.TotalVersions, last.SamplesApplied, last.Loss) : null;
        }
    }

    public void Step(in StepReport report)
    {
        lock (_lock)
        {
            _step = report;
        }
    }

    public void Started(RunDescription description)
    {
    }

    public void Epoch(EpochReport report)
    {
    }

    public void Notice(string line)
    {
    }
}
