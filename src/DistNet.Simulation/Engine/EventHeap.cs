namespace DistNet.Simulation;

/// <summary>A heap of four children a node, of (time, number) and the place of an event; the earliest first, and of equal times the lowest number.</summary>
internal sealed class EventHeap
{
    private const int Fan = 4;

    private Key[] _keys = new Key[256];

    public int Count { get; private set; }

    public ref readonly Key First => ref _keys[0];

    public void Add(in Key key)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, 2 * Count);
        }

        var hole = Count++;
        while (hole > 0 && key.IsBefore(_keys[(hole - 1) / Fan]))
        {
            _keys[hole] = _keys[(hole - 1) / Fan];
            hole = (hole - 1) / Fan;
        }

        _keys[hole] = key;
    }

    public void RemoveFirst()
    {
        var last = _keys[--Count];
        var hole = 0;
        for (var child = FirstChild(0); child >= 0 && _keys[child].IsBefore(last); child = FirstChild(hole))
        {
            _keys[hole] = _keys[child];
            hole = child;
        }

        _keys[hole] = last;
    }

    /// <summary>The earliest child, or -1.</summary>
    private int FirstChild(int parent)
    {
        var first = (Fan * parent) + 1;
        if (first >= Count)
        {
            return -1;
        }

        var end = Math.Min(first + Fan, Count);
        for (var other = first + 1; other < end; other++)
        {
            first = _keys[other].IsBefore(_keys[first]) ? other : first;
        }

        return first;
    }

    /// <param name="At">When, in ticks.</param>
    /// <param name="Number">Orders events of one moment.</param>
    /// <param name="Place">Where the event itself is kept.</param>
    internal readonly record struct Key(long At, long Number, int Place)
    {
        public bool IsBefore(in Key other) => At < other.At || (At == other.At && Number < other.Number);
    }
}
