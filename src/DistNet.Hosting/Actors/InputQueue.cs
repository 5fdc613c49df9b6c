using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>An input on its way to an actor of this process.</summary>
/// <param name="Cell">The actor; null: for nobody, so that whoever runs turns looks whether the end has come.</param>
internal readonly record struct RoutedInput(ActorCell? Cell, InputKind Kind, object? Body = null, ActorId Peer = default, long Number = 0, DurableKey Key = default)
{
    public static readonly RoutedInput Wake;
}

/// <summary>
/// Inputs from all threads, and the right to run the actors' turns: one thread has it at a time. Whoever brings an input runs the turns
/// unless somebody does so already, who will find the input; so no thread has to be woken for it.
/// </summary>
internal sealed class InputQueue
{
    private readonly Queue<RoutedInput> _queue = new();
    private bool _isTaken;

    public void Enqueue(in RoutedInput input)
    {
        lock (_queue)
        {
            _queue.Enqueue(input);
        }
    }

    /// <summary>Gives the caller the right to run turns, before anybody else can have it.</summary>
    public void Begin() => _isTaken = true;

    /// <summary>True gives the caller the right to run turns, until <see cref="TryDequeue"/> finds nothing.</summary>
    public bool TryEnter()
    {
        lock (_queue)
        {
            var entered = !_isTaken && _queue.Count > 0;
            _isTaken |= entered;
            return entered;
        }
    }

    /// <summary>The next input, for the thread that runs the turns; false ends its right to.</summary>
    public bool TryDequeue(out RoutedInput input)
    {
        lock (_queue)
        {
            _isTaken = _queue.TryDequeue(out input);
            return _isTaken;
        }
    }
}
