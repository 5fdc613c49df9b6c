using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>What goes through the runner of an actor and what past it.</summary>
public sealed class HostedActorTests : IDisposable
{
    private static readonly Posting Posting = new(ActorId.Worker(0), 7);
    private static readonly Peer Server = new(ActorId.Server(0), 3, ActorId.Server(0), 3, "127.0.0.1:1");

    private readonly List<string> _through = [];
    private readonly List<string> _heard = [];
    private readonly TensorPool _pool = new();
    private readonly HostedActor _hosted;

    public HostedActorTests()
    {
        var options = new ActorHostOptions(0, 0, _ => throw new InvalidOperationException("nobody trains here"), static _ => { });
        var host = new ActorHost(options, new ForgetfulStorage(), _pool, TimeProvider.System);
        var parts = BareParts.Of(_pool, new Recorder(_through), static e => throw e);
        var actor = new ScriptedActor(Hear);
        var order = new RunOrder("run", 1, "{}", Data: null!, SendsData: false, GiveUpAfter: null);
        _hosted = new HostedActor(Posting, order, [(Posting.Actor, actor)], (host, null), parts);
    }

    [Fact]
    public void Small_messages_and_peers_go_through_the_runner_and_tensors_straight_to_the_host()
    {
        _hosted.Start();
        _hosted.Meet(new[] { Server, Server with { Actor = Posting.Actor, Incarnation = Posting.Incarnation } }.ToDictionary(peer => peer.Actor));
        _hosted.Deliver(Envelope<Horizon>.Rent(ActorId.Coordinator, 1, Posting.Actor, new Horizon(0, 5)));
        _hosted.Deliver(Envelope<Final>.Rent(ActorId.Server(0), 3, Posting.Actor, new Final(0, 0, default, _pool.Rent(4).All)));
        _hosted.Dispose();

        _through.ShouldBe(["start worker-0", "up server-0", "mail Horizon", "end"]);
        _heard.ShouldBe(["Started", "Message"]);
        _pool.Outstanding.ShouldBe(0);
    }

    public void Dispose() => _pool.Dispose();

    private void Hear(Input input, Outbox outbox)
    {
        _heard.Add(input.Kind.ToString());
        if (input.Kind == InputKind.Message)
        {
            input.Envelope.Tensor.Release();
        }
    }

    private sealed class Recorder(List<string> through) : IActorRunner
    {
        public TimeProvider Time => TimeProvider.System;

        public IRunningActor Create(ActorId actor, ActorHost host, Action<Exception> fail) => new Recorded(actor, host, through);
    }

    private sealed class Recorded(ActorId actor, ActorHost host, List<string> through) : IRunningActor
    {
        public void Start()
        {
            through.Add($"start {actor}");
            host.Begin(static () => { });
        }

        public void Deliver(Envelope envelope) => through.Add($"mail {envelope.GetType().GenericTypeArguments[0].Name}");

        public void PeerUp(ActorId peer, long incarnation) => through.Add($"up {peer}");

        public void PeerDown(ActorId peer, long incarnation) => through.Add($"down {peer}");

        public void Dispose() => through.Add("end");
    }
}
