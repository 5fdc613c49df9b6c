using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// The one order that a worker computes. It is computed when its first part is due, so that what is cancelled before costs nothing, and its
/// parts are handed out over the rest of its time.
/// </summary>
internal sealed class WorkInProgress : IWorkSink
{
    /// <summary>Part of the time that goes forward, before any gradient is there; backward takes twice as long (two products for each of forward's).</summary>
    private const double Forward = 1.0 / 3;

    private readonly List<int> _parts = [];
    private TimeSpan _time;
    private int _next;
    private int _expected;
    private bool _isComputed;

    /// <summary>The order; null: none.</summary>
    public NetworkWork? Order { get; private set; }

    public TimeSpan StartedAt { get; private set; }

    /// <summary>Which work of this life; what is queued for an earlier one is void.</summary>
    public long Number { get; private set; }

    /// <param name="order">The work.</param>
    /// <param name="now">The time.</param>
    /// <param name="time">How long it takes.</param>
    /// <param name="parts">Parts it will yield, if all is well.</param>
    public void Begin(NetworkWork order, TimeSpan now, TimeSpan time, int parts)
    {
        Number++;
        Order = order;
        StartedAt = now;
        _time = time;
        _expected = parts;
        _next = 0;
        _isComputed = false;
        _parts.Clear();
    }

    public void Compute(IWorkRunner runner)
    {
        if (!_isComputed)
        {
            _isComputed = true;
            runner.Run(Order!, this);
        }
    }

    /// <summary>Computes an order that takes no time; its parts can be had at once.</summary>
    public void Compute(NetworkWork order, IWorkRunner runner)
    {
        Begin(order, default, default, 0);
        Compute(runner);
    }

    /// <summary>When the next part is due, or the end if none is left. The last part comes with the end.</summary>
    public TimeSpan NextAt
    {
        get
        {
            var count = _isComputed ? _parts.Count : _expected;
            return _next >= count - 1 ? StartedAt + _time : StartedAt + (_time * (Forward + ((1 - Forward) * (_next + 1) / count)));
        }
    }

    /// <summary>The next part, of which there is one.</summary>
    public bool TryYield(out int part)
    {
        part = _next < _parts.Count ? _parts[_next++] : -1;
        return part >= 0;
    }

    public bool HasMore => _next < _parts.Count;

    /// <summary>Nothing is computed any more.</summary>
    public void End()
    {
        Number++;
        Order = null;
    }

    void IWorkSink.OnYielded(NetworkWork order, int part) => _parts.Add(part);
}
