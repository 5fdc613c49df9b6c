namespace DistNet.Cluster.Akka;

/// <summary>
/// How soon a silent node counts as dead. Akka's own settings take 20 s and more before a coordinator moves; docs/akka.md lists what these come to.
/// </summary>
/// <param name="Heartbeat">Time between two heartbeats.</param>
/// <param name="Pause">Silence that is borne before the failure detector doubts a node.</param>
/// <param name="StableAfter">How long the view of who is unreachable must not change before the split-brain resolver decides.</param>
/// <param name="Gossip">Time between two rounds of gossip, and of what a leader does.</param>
/// <param name="Tick">Of the scheduler's wheel, of which all timers are multiples; each process wakes up so often, even at rest.</param>
internal sealed record AkkaTimes(TimeSpan Heartbeat, TimeSpan Pause, TimeSpan StableAfter, TimeSpan Gossip, TimeSpan Tick)
{
    /// <summary>For any machines.</summary>
    public static readonly AkkaTimes Standard = new(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50));

    /// <summary>For machines that are never slow to answer: what is slow there for more than a second is taken for dead.</summary>
    public static readonly AkkaTimes Fast = new(
        TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800), TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(20));
}
