using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// Messages for actors of which this node has not heard yet. The two planes have no order between them, so a tensor may bring about a message
/// to somebody whose name is still on its way. Within limits of number and time; what is beyond them is dropped, oldest first. Many threads.
/// </summary>
internal sealed class HeldMail(TimeProvider time) : IDisposable
{
    private const int MostHeld = 4096;

    /// <summary>By then whoever lives has been named.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Queue<(Envelope Envelope, long At)> _held = [];

    /// <summary>Takes the envelope over.</summary>
    public void Hold(Envelope envelope)
    {
        lock (_held)
        {
            _held.Enqueue((envelope, time.GetTimestamp()));
            if (_held.Count > MostHeld)
            {
                LinkQueue.Discard(_held.Dequeue().Envelope);
            }
        }
    }

    /// <summary>Gives back, in order, what is for somebody who is known now.</summary>
    public IReadOnlyList<Envelope> TakeFor(Func<ActorId, bool> isKnown)
    {
        var taken = new List<Envelope>();
        lock (_held)
        {
            for (var i = _held.Count; i > 0; i--)
            {
                var (envelope, at) = _held.Dequeue();
                if (isKnown(envelope.To))
                {
                    taken.Add(envelope);
                }
                else if (time.GetElapsedTime(at) > Limit)
                {
                    LinkQueue.Discard(envelope);
                }
                else
                {
                    _held.Enqueue((envelope, at));
                }
            }
        }

        return taken;
    }

    public void Dispose()
    {
        lock (_held)
        {
            while (_held.TryDequeue(out var held))
            {
                LinkQueue.Discard(held.Envelope);
            }
        }
    }
}
