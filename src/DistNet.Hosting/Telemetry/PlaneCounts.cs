namespace DistNet.Hosting;

/// <summary>
/// Bytes of one connection, told as totals, counted as they grow. One thread sends and one receives.
/// </summary>
/// <param name="plane">Of the connection.</param>
/// <param name="peer">Name of the node at its other end.</param>
public sealed class PlaneCounts(string plane, string peer)
{
    private readonly KeyValuePair<string, object?> _plane = new(TrainingMetrics.PlaneTag, plane);
    private readonly KeyValuePair<string, object?> _peer = new(TrainingMetrics.PeerTag, peer);
    private long _sent;
    private long _received;

    /// <summary>So many bytes have been sent since the beginning.</summary>
    public void Sent(long total)
    {
        if (PlaneMeter.Sent.Enabled && total > _sent)
        {
            PlaneMeter.Sent.Add(total - _sent, _plane, _peer);
        }

        _sent = total;
    }

    /// <summary>So many bytes have been received since the beginning.</summary>
    public void Received(long total)
    {
        if (PlaneMeter.Received.Enabled && total > _received)
        {
            PlaneMeter.Received.Add(total - _received, _plane, _peer);
        }

        _received = total;
    }
}
