using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Commands of the sequencer, put back into its order.</summary>
internal sealed class CommandQueue
{
    private readonly Dictionary<long, (Apply? Apply, Mark? Mark)> _early = [];
    private long _next;

    public void Reset()
    {
        _early.Clear();
        _next = 0;
    }

    public void Add(long sequence, Apply? apply, Mark? mark)
    {
        if (sequence >= _next)
        {
            _early[sequence] = (apply, mark);
        }
    }

    public bool TryNext(out Apply? apply, out Mark? mark)
    {
        var found = _early.Remove(_next, out var command);
        (apply, mark) = command;
        _next += found ? 1 : 0;
        return found;
    }
}
