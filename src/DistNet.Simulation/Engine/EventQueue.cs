namespace DistNet.Simulation;

/// <summary>
/// What happens when, in virtual time; events of one moment keep the order in which they were added. Those of the moment that it is now
/// need no heap: they come after all that were added before that moment came.
/// </summary>
internal sealed class EventQueue
{
    private readonly EventHeap _later = new();
    private readonly Queue<SimulationEvent> _now = new();
    private SimulationEvent[] _places = new SimulationEvent[256];
    private int[] _free = new int[256];
    private int _freeCount;
    private int _used;
    private long _number;
    private int _timers;

    public TimeSpan Now { get; private set; }

    /// <summary>Nothing is to happen any more but that timers may go off.</summary>
    public bool HasTimersOnly => _later.Count + _now.Count == _timers;

    public void Add(TimeSpan at, in SimulationEvent happening)
    {
        _timers += happening.Kind == SimulationEventKind.Timer ? 1 : 0;
        if (at <= Now)
        {
            _now.Enqueue(happening);
            return;
        }

        var place = _freeCount > 0 ? _free[--_freeCount] : NewPlace();
        _places[place] = happening;
        _later.Add(new EventHeap.Key(at.Ticks, _number++, place));
    }

    /// <summary>Takes the next event and moves the clock to it; false when none is left.</summary>
    public bool TryTake(out SimulationEvent happening)
    {
        if (_now.Count > 0 && (_later.Count == 0 || _later.First.At > Now.Ticks))
        {
            happening = _now.Dequeue();
        }
        else if (_later.Count > 0)
        {
            happening = TakeLater();
        }
        else
        {
            happening = default;
            return false;
        }

        _timers -= happening.Kind == SimulationEventKind.Timer ? 1 : 0;
        return true;
    }

    private SimulationEvent TakeLater()
    {
        var (at, _, place) = _later.First;
        _later.RemoveFirst();
        Now = new TimeSpan(at);
        var happening = _places[place];
        _places[place] = default;
        _free[_freeCount++] = place;
        return happening;
    }

    private int NewPlace()
    {
        if (_used == _places.Length)
        {
            Array.Resize(ref _places, 2 * _used);
            Array.Resize(ref _free, 2 * _used);
        }

        return _used++;
    }
}
