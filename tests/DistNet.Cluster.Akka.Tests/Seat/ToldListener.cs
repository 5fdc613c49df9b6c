using System.Collections.Concurrent;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Writes down what a control plane tells it.</summary>
/// <param name="name">Begins each of its lines.</param>
/// <param name="lines">Where they go; several listeners may share it.</param>
internal sealed class ToldListener(string name, ConcurrentQueue<string> lines) : ICoordinatorListener, IMemberListener
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<NodeLife> _ups = [];

    /// <summary>Ends when what ran for the coordinator has ended.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public JournalTold? Journal { get; set; }

    public bool HasServers { get; set; }

    public bool HasRun { get; set; }

    /// <summary>Nodes that came, in that order.</summary>
    public IReadOnlyList<NodeLife> Ups => [.. _ups];

    /// <summary>This node's lives.</summary>
    public ConcurrentQueue<NodeLife> Selves { get; } = [];

    /// <summary>Ends when so many lines of this listener begin like that.</summary>
    public Task SeenAsync(string begin, int times = 1) =>
        Eventually.TrueAsync(() => lines.Count(line => line.StartsWith($"{name} {begin}", StringComparison.Ordinal)) >= times, Deadline, $"{name} {begin}");

    /// <summary>Why the coordinator cannot begin here; null: it can.</summary>
    public Exception? CannotBegin { get; set; }

    public void OnSelf(NodeLife self)
    {
        if (CannotBegin is { } reason)
        {
            throw reason;
        }

        Selves.Enqueue(self);
        Tell("self");
    }

    public void OnRefused(string reason) => Tell($"refused: {reason}");

    public void OnFailed(Exception failure) => Tell($"failed: {failure.Message}");

    public void OnUp(NodeLife node)
    {
        _ups.Enqueue(node);
        Tell($"up {node.Name}");
    }

    public void OnDown(NodeLife node, string reason, bool left) => Tell($"down {node.Name}{(left ? ", left" : "")}: {reason}");

    public void OnMessage(NodeLife from, Envelope envelope) => Tell($"message of {from.Name}");

    public async Task StandDownAsync()
    {
        Tell("stands down");
        await Ended;
        Tell("stood down");
    }

    public void OnJournal(JournalTold journal, long life) => Tell("journal");

    public void OnVoid() => Tell("void");

    public void OnCoordinatorAt(string address)
    {
    }

    private void Tell(string line) => lines.Enqueue($"{name} {line}");
}
