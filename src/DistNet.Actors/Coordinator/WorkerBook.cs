using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What each worker reported: how much it has computed, and how far it is.</summary>
internal sealed class WorkerBook
{
    private readonly SortedDictionary<int, Line> _lines = [];

    /// <summary>True when it is the worker's first report of this step; reports may overtake each other.</summary>
    public bool Add(int worker, in Report report, TimeSpan now)
    {
        if (!_lines.TryGetValue(worker, out var line))
        {
            _lines[worker] = line = new Line();
        }

        line.Samples += report.Samples;
        line.Time += report.ComputeTime;
        if (report.Step <= line.Step)
        {
            line.StepSamples += report.Step == line.Step ? report.Samples : 0;
            return false;
        }

        (line.Step, line.StepSamples, line.ReportedAt) = (report.Step, report.Samples, now);
        return true;
    }

    /// <summary>A new life of the worker has done nothing yet.</summary>
    public void Forget(int worker) => _lines.Remove(worker);

    /// <summary>Steps are counted anew.</summary>
    public void ForgetAll() => _lines.Clear();

    /// <summary>Whether the worker has reported this step, or a later one.</summary>
    public bool HasReported(int worker, long step) => _lines.TryGetValue(worker, out var line) && line.Step >= step;

    /// <summary>When the worker first reported the last step it reported.</summary>
    public TimeSpan ReportedAt(int worker) => _lines[worker].ReportedAt;

    /// <summary>Whether the worker has computed so many samples of this step, or a later one.</summary>
    public bool HasDone(int worker, long step, int samples) =>
        samples == 0 || (_lines.TryGetValue(worker, out var line) && (line.Step > step || (line.Step == step && line.StepSamples >= samples)));

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

        public int StepSamples { get; set; }

        public TimeSpan ReportedAt { get; set; }

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
