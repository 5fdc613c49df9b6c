using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>What drives the actors of a node: starts them, fires their timers, and brings them what is small and must stay in order.</summary>
internal interface IActorRunner
{
    /// <summary>The clock that hosts are to be made with: the one its timers go by.</summary>
    public TimeProvider Time { get; }

    /// <summary>Prepares a life of an actor; <see cref="IRunningActor.Start"/> starts it.</summary>
    /// <param name="actor">Which, for names.</param>
    /// <param name="host">Where it runs; stays the caller's, and is disposed after what this returns.</param>
    /// <param name="fail">Told once, on any thread, when it cannot go on.</param>
    public IRunningActor Create(ActorId actor, ActorHost host, Action<Exception> fail);
}

/// <summary>
/// One life of an actor. What it is brought stays in order; messages with a tensor go straight to its host, where they wait for nobody.
/// Before the start everything waits for it. Any thread.
/// </summary>
internal interface IRunningActor : IDisposable
{
    public void Start();

    /// <summary>Takes the envelope over.</summary>
    public void Deliver(Envelope envelope);

    public void PeerUp(ActorId peer, long incarnation);

    public void PeerDown(ActorId peer, long incarnation);
}
