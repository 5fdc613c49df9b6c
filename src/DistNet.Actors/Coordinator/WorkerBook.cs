using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What each worker reported: how much it has computed, and how far it is.</summary>
internal sealed class WorkerBook
{
    private readonly SortedDictionary<int, Line> _lines = [];

    public void Add(int worker, in Report report)
    {
        if (!_lines.TryGetValue(worker, out var line))
        {
            _lines[worker] = line = new Line();
        }

        line.Step = report.Step;
        line.Samples += report.Samples;
        line.Time += report.ComputeTime;
    }

    /// <summary>The last step a worker has finished, or -1.</summary>
    public long StepOf(int worker) => _lines.TryGetValue(worker, out var line) ? line.Step : -1;

    /// <summary>Says how each placed worker did since the last call.</summary>
    public void Observe(in Placement placement, int lanes, Outbox outbox)
    {
        for (var i = 0; i < (placement.Workers?.Count ?? 0); i++)
        {
            var index = placement.Workers![i].Index;
            var range = placement.LanesAt(i, lanes);
            _lines.TryGetValue(index, out var line);
            outbox.Observe(new WorkerObserved(index, range.First, range.End, line?.TakeRate() ?? 0));
        }
    }

    private sealed class Line
    {
        public long Step { get; set; } = -1;

        public long Samples { get; set; }

        public TimeSpan Time { get; set; }

        public double TakeRate()
        {
            var rate = Time > TimeSpan.Zero ? Samples / Time.TotalSeconds : 0;
            (Samples, Time) = (0, TimeSpan.Zero);
            return rate;
        }
    }
}
