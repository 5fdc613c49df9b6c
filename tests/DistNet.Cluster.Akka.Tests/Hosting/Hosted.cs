using System.Collections.Concurrent;
using DistNet.Hosting;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>A life that a runner has made, with what comes out of it.</summary>
internal sealed class Hosted : IRemoteActors, IDisposable
{
    private readonly ActorId _first;
    private bool _isDisposed;

    public Hosted(IActorRunner runner, IReadOnlyList<(ActorId Id, IActor Actor)> actors)
    {
        var options = new ActorHostOptions(0, 1, _ => throw new InvalidOperationException("nobody trains here"), Observe, this);
        ActorHost = new ActorHost(options, new ForgetfulStorage(), Pool, runner.Time);
        _first = actors[0].Id;
        foreach (var (id, actor) in actors)
        {
            ActorHost.Add(id, actor, incarnation: 5);
        }

        Life = runner.Create(_first, ActorHost, Failures.Enqueue);
    }

    public IRunningActor Life { get; }

    public ActorHost ActorHost { get; }

    public TensorPool Pool { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = [];

    public ConcurrentQueue<IMessage> Sent { get; } = [];

    public ConcurrentQueue<IMessage> Observed { get; } = [];

    public Hosted Started()
    {
        Life.Start();
        return this;
    }

    /// <summary>Mail for the first of its actors.</summary>
    public void Tell<T>(T message)
        where T : struct, IMessage => Life.Deliver(Envelope<T>.Rent(ActorId.Coordinator, 1, _first, message));

    public void Send(Envelope envelope)
    {
        Keep(Sent, envelope);
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Life.Dispose();
            ActorHost.Dispose();
            Pool.Dispose();
        }
    }

    private static void Keep(ConcurrentQueue<IMessage> kept, Envelope envelope) =>
        kept.Enqueue((IMessage)envelope.GetType().GetProperty("Message")!.GetValue(envelope)!);

    private void Observe(Envelope envelope) => Keep(Observed, envelope);
}
