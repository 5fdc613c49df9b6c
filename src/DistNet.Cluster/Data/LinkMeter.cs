using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>What waits for one link, and the link's measurements, until this is disposed. One thread reads and one writes.</summary>
internal sealed class LinkMeter : IDisposable
{
    private readonly string _peer;
    private readonly PlaneCounts _travelled;
    private readonly PlaneCounts _shared;
    private readonly IDisposable _watched;
    private long _lent;

    /// <param name="node">The node at the other end.</param>
    /// <param name="queue">What waits for it.</param>
    public LinkMeter(ActorId node, LinkQueue queue)
    {
        Queue = queue;
        _peer = node.ToString();
        _travelled = new PlaneCounts(PlaneMeter.Data, _peer);
        _shared = new PlaneCounts(PlaneMeter.Shared, _peer);
        _watched = PlaneMeter.Watch(PlaneMeter.Data, _peer, () => queue.Count, () => queue.Bytes);
    }

    public LinkQueue Queue { get; }

    /// <summary>A frame has been read.</summary>
    public void OnRead(FrameReader reader)
    {
        _travelled.Received(reader.Taken);
        _shared.Received(reader.TakenInPlace);
    }

    /// <summary>A frame has been written.</summary>
    /// <param name="writer">By whom.</param>
    /// <param name="lentBytes">Bytes of its tensor, where that stays in shared memory.</param>
    /// <param name="since">Timestamp of when it was handed over, if it is a push; 0: nobody wants to know.</param>
    public void OnWritten(FrameWriter writer, long lentBytes, long since)
    {
        _lent += lentBytes;
        _shared.Sent(_lent);
        _travelled.Sent(writer.Written);
        if (since != 0)
        {
            PlaneMeter.Pushed(_peer, since);
        }
    }

    /// <summary>Nothing waits any more.</summary>
    public void Dispose()
    {
        Queue.Close();
        _watched.Dispose();
    }
}
