using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DistNet.Hosting;

/// <summary>What a node of a cluster measures of its connections with others. Many threads.</summary>
public static class PlaneMeter
{
    /// <summary>The plane of small messages.</summary>
    public const string Control = "control";

    /// <summary>The plane of tensors, as they go through sockets.</summary>
    public const string Data = "data";

    /// <summary>Tensors that stay in memory that both nodes can reach.</summary>
    public const string Shared = "shared";

    internal static readonly Counter<long> Sent = TrainingMetrics.Counter(TrainingMetrics.BytesSent);
    internal static readonly Counter<long> Received = TrainingMetrics.Counter(TrainingMetrics.BytesReceived);

    private static readonly Histogram<double> Push = TrainingMetrics.Histogram<double>(TrainingMetrics.PushDuration);
    private static readonly ConcurrentDictionary<WatchedQueue, bool> Queues = new();

    static PlaneMeter()
    {
        TrainingMetrics.Observe(TrainingMetrics.QueueLength, () => Measure(static queue => queue.Messages()));
        TrainingMetrics.Observe(TrainingMetrics.QueueSize, () => Measure(static queue => queue.Bytes()));
    }

    /// <summary>Whether anybody wants to know how long pushes take.</summary>
    public static bool TimesPushes => Push.Enabled;

    /// <summary>A piece of a gradient has left.</summary>
    /// <param name="peer">For whom.</param>
    /// <param name="since">Timestamp of when it was handed over.</param>
    public static void Pushed(string peer, long since) =>
        Push.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>(TrainingMetrics.PeerTag, peer));

    /// <summary>Has a queue looked at whenever somebody asks, until the result is disposed.</summary>
    /// <param name="plane">Its plane.</param>
    /// <param name="peer">Whom it leads to.</param>
    /// <param name="messages">How many wait.</param>
    /// <param name="bytes">Bytes of tensors that wait.</param>
    public static IDisposable Watch(string plane, string peer, Func<long> messages, Func<long> bytes)
    {
        var queue = new WatchedQueue(plane, peer, messages, bytes);
        Queues[queue] = true;
        return queue;
    }

    internal static void Forget(WatchedQueue queue) => Queues.TryRemove(queue, out _);

    /// <summary>Queues to two lives of one node are one to whoever reads this.</summary>
    private static IEnumerable<Measurement<long>> Measure(Func<WatchedQueue, long> of) => Queues.Keys
        .GroupBy(queue => (queue.Plane, queue.Peer))
        .Select(group => new Measurement<long>(
            group.Sum(of),
            new KeyValuePair<string, object?>(TrainingMetrics.PlaneTag, group.Key.Plane),
            new KeyValuePair<string, object?>(TrainingMetrics.PeerTag, group.Key.Peer)));
}

/// <summary>A queue that is looked at.</summary>
internal sealed class WatchedQueue(string plane, string peer, Func<long> messages, Func<long> bytes) : IDisposable
{
    public string Plane => plane;

    public string Peer => peer;

    public Func<long> Messages => messages;

    public Func<long> Bytes => bytes;

    public void Dispose() => PlaneMeter.Forget(this);
}
