using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>One actor's life on a host of its own, driven by a runner; the coordinator and the sequencer share them.</summary>
internal sealed class HostedActor : IDisposable
{
    private readonly ActorHost _host;
    private readonly IDisposable? _runners;
    private readonly IRunningActor _running;
    private readonly ActorSpan? _span;
    private IReadOnlyDictionary<ActorId, Peer> _known = new Dictionary<ActorId, Peer>();

    /// <param name="posting">The actor and its life.</param>
    /// <param name="order">Its run.</param>
    /// <param name="actors">What runs.</param>
    /// <param name="host">Where it runs, and what its work needs; both are disposed with this.</param>
    /// <param name="parts">What drives it, and who is told when it cannot go on.</param>
    public HostedActor(
        Posting posting, RunOrder order, IReadOnlyList<(ActorId Id, IActor Actor)> actors, (ActorHost Host, IDisposable? Runners) host, NodeParts parts)
    {
        Posting = posting;
        Addresses = [.. actors.Select(actor => actor.Id)];
        (_host, _runners) = host;
        foreach (var (id, actor) in actors)
        {
            _host.Add(id, actor, posting.Incarnation);
        }

        _running = parts.Runner.Create(posting.Actor, _host, parts.Fail);
        _span = ActorSpan.Begin(order.Run, order.Trace, posting.Actor, posting.Incarnation);
    }

    public Posting Posting { get; }

    public IReadOnlyList<ActorId> Addresses { get; }

    public void Start() => _running.Start();

    /// <summary>Takes the envelope over. One with a tensor waits behind no message.</summary>
    public void Deliver(Envelope envelope)
    {
        if (envelope.Tensor.IsEmpty)
        {
            _running.Deliver(envelope);
        }
        else
        {
            _host.Deliver(envelope);
        }
    }

    /// <summary>
    /// Tells the actor of those who have come or gone. A list without this life of it is passed over: others do not know it yet, and what they
    /// were made to send it would not find it.
    /// </summary>
    public void Meet(IReadOnlyDictionary<ActorId, Peer> peers)
    {
        if (!IsIn(peers, Posting.Actor, Posting.Incarnation))
        {
            return;
        }

        foreach (var gone in _known.Values.Where(peer => !IsIn(peers, peer.Actor, peer.Incarnation)))
        {
            _running.PeerDown(gone.Actor, gone.Incarnation);
        }

        foreach (var peer in peers.Values.Where(peer => peer.Actor != Posting.Actor && !IsIn(_known, peer.Actor, peer.Incarnation)))
        {
            _running.PeerUp(peer.Actor, peer.Incarnation);
        }

        _known = peers.Values.Where(peer => peer.Actor != Posting.Actor).ToDictionary(peer => peer.Actor);
    }

    /// <summary>Waits until work under way is back.</summary>
    public void Dispose()
    {
        _running.Dispose();
        _host.Dispose();
        _runners?.Dispose();
        _span?.Dispose();
    }

    private static bool IsIn(IReadOnlyDictionary<ActorId, Peer> peers, ActorId actor, long incarnation) =>
        peers.TryGetValue(actor, out var peer) && peer.Incarnation == incarnation;
}
