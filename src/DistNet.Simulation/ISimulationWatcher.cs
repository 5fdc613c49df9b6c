using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Is told what a simulated run spends its virtual time on. It changes nothing.</summary>
public interface ISimulationWatcher
{
    /// <summary>A message between nodes is there. It is valid during the call only.</summary>
    /// <param name="sent">When its sender sent it.</param>
    /// <param name="now">When all of it was there.</param>
    /// <param name="message">The message.</param>
    public void OnDelivered(TimeSpan sent, TimeSpan now, Envelope message);

    /// <summary>A worker has finished an order, or let go of it.</summary>
    /// <param name="worker">Which worker.</param>
    /// <param name="order">The order; valid during the call only.</param>
    /// <param name="started">When it began.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="cancelled">Whether it was cancelled.</param>
    public void OnWorked(int worker, NetworkWork order, TimeSpan started, TimeSpan now, bool cancelled);
}
