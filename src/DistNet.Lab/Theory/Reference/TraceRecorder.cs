namespace DistNet.Lab;

/// <summary>Collects what a reference rule does; the first updates, under which it settles, do not count.</summary>
internal sealed class TraceRecorder(int updates, int warmUp)
{
    private readonly List<double> _intervals = new(updates);
    private readonly List<double> _staleness = new(updates);
    private readonly List<long> _counts = [];
    private int _seen;
    private long _sum;
    private int _pending;
    private long _applied;
    private long _dropped;
    private long _gap;
    private double _last;

    public bool IsFull => _intervals.Count == updates;

    private bool Counts => _seen >= warmUp;

    /// <summary>A gradient of the update that comes next.</summary>
    public void Gradient(long staleness)
    {
        _sum += staleness;
        _pending++;
        if (Counts)
        {
            Count((int)staleness);
        }
    }

    public void Gap(long gap) => _gap = Math.Max(_gap, gap);

    /// <summary>An update, of the gradients told since the last.</summary>
    /// <param name="now">When.</param>
    /// <param name="dropped">Gradients thrown away at it.</param>
    public void Update(double now, int dropped = 0)
    {
        if (Counts)
        {
            _intervals.Add(now - _last);
            _staleness.Add((double)_sum / _pending);
            _applied += _pending;
            _dropped += dropped;
        }

        (_sum, _pending, _last) = (0, 0, now);
        _seen++;
    }

    public ReferenceTrace Finish() => new(_intervals, _staleness, _counts, _applied, _dropped, _gap);

    private void Count(int staleness)
    {
        while (_counts.Count <= staleness)
        {
            _counts.Add(0);
        }

        _counts[staleness]++;
    }
}
