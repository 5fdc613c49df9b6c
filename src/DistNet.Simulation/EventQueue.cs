namespace DistNet.Simulation;

/// <summary>What happens when, in virtual time; events of one moment keep the order in which they were added.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private long _number;

    public TimeSpan Now { get; private set; }

    public long Count { get; private set; }

    public void Add(TimeSpan at, Action action) => _events.Enqueue(action, (at, _number++));

    /// <summary>Runs the next event; false when none is left.</summary>
    public bool RunNext()
    {
        if (!_events.TryDequeue(out var action, out var key))
        {
            return false;
        }

        Now = key.At;
        Count++;
        action();
        return true;
    }
}
