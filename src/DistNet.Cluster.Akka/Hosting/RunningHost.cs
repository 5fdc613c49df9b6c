using Akka.Actor;
using DistNet.Hosting;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka;

/// <summary>
/// One life of one of our actors, seen from outside its Akka actor. That one is made by its supervisor, later; what is brought before waits here.
/// </summary>
/// <param name="actor">Which.</param>
/// <param name="host">Where it runs; stays the caller's.</param>
/// <param name="fail">Told once when it cannot go on.</param>
/// <param name="supervisor">Makes the Akka actor.</param>
internal sealed class RunningHost(ActorId actor, ActorHost host, Action<Exception> fail, Func<IActorRef> supervisor) : IRunningActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Queue<object> _early = [];
    private Action<Exception>? _fail = fail;
    private IActorRef? _akka;
    private bool _isDisposed;

    public ActorId Actor => actor;

    public ActorHost Host => host;

    public void Start() => supervisor().Tell(this, ActorRefs.NoSender);

    /// <summary>Takes the envelope over, so it must not be in a message that Akka still holds: a copy, or what was read from a frame.</summary>
    public void Deliver(Envelope envelope) => Tell(new HostActor.Mailed(envelope));

    public void PeerUp(ActorId peer, long incarnation) => Tell(new HostActor.PeerCame(peer, incarnation));

    public void PeerDown(ActorId peer, long incarnation) => Tell(new HostActor.PeerWent(peer, incarnation));

    /// <summary>
    /// Stops the Akka actor after the mail that it has, and waits until work under way is back. Where its system has ended it has stopped already;
    /// where it has not begun it never will.
    /// </summary>
    public void Dispose()
    {
        IActorRef? akka;
        lock (_lock)
        {
            _isDisposed = true;
            _early.Clear();
            akka = _akka;
        }

        if (akka is not null)
        {
            akka.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            Task.WaitAny([_stopped.Task], Patience);
            host.End();
            Task.WaitAny([host.Over], Patience);
        }
    }

    /// <summary>The Akka actor is there, and is told what came before it. False: it is not needed any more.</summary>
    internal bool TryEnter(IActorRef self)
    {
        lock (_lock)
        {
            while (!_isDisposed && _early.TryDequeue(out var message))
            {
                self.Tell(message, ActorRefs.NoSender);
            }

            _akka = _isDisposed ? null : self;
            return !_isDisposed;
        }
    }

    /// <summary>The Akka actor has stopped.</summary>
    internal void Leave() => _stopped.TrySetResult();

    internal void Fail(Exception failure) => Interlocked.Exchange(ref _fail, null)?.Invoke(failure);

    private void Tell(object message)
    {
        lock (_lock)
        {
            if (_akka is not null)
            {
                _akka.Tell(message, ActorRefs.NoSender);
            }
            else if (!_isDisposed)
            {
                _early.Enqueue(message);
            }
        }
    }
}
