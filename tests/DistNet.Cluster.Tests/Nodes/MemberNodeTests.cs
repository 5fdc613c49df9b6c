using System.Collections.Concurrent;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>The order in which a node does and says things, on a machine that is busy.</summary>
public sealed class MemberNodeTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly NodeCard Card = new("127.0.0.1:1", "here", 1, "probe");
    private static readonly NodeLife Coordinator = new(ActorId.Coordinator, 5, Card);
    private static readonly Peers OnlyCoordinator = new("some", [new Peer(ActorId.Coordinator, 9, ActorId.Coordinator, 5, Card.Address)]);

    private readonly TemporaryFolder _folder = new();
    private readonly TensorPool _pool = new();
    private readonly SlowControl _control = new();
    private readonly DataPlane _data;
    private readonly MemberNode _node;
    private readonly string _order;

    public MemberNodeTests()
    {
        _data = new DataPlane(new Tls(TlsOptions.None), new JoinToken("t"), _pool, LinkQueue.Discard, _ => { }, NullLogger.Instance);
        _node = new MemberNode(
            new NodeParts
            {
                Pool = _pool, Control = _control, Data = _data, Log = NullLogger.Instance, Directory = _folder.Path, Threads = 1, Fail = _ => _control.Said.CompleteAdding(),
            },
            (_, _) => throw new InvalidOperationException("A server needs no data."));
        var options = new TrainingOptions { Data = "iris", Servers = 2, Hidden = [400] };
        _order = new RunOrder("some", 1, EffectiveConfig.ToJson(options), DataSummary.Of(DataLoader.Load(options)), false, null).ToJson();
        _node.OnSelf(new NodeLife(ActorId.Server(0), 6, Card));
        _node.OnUp(Coordinator);
        Heard().ShouldBe("enlist");
    }

    /// <summary>What the coordinator's actor says next goes to actors that it takes for known here.</summary>
    [Fact]
    public void Who_is_there_is_known_at_once_although_another_order_is_still_being_carried_out()
    {
        Assign(0);
        Heard().ShouldBe("ready server-0");
        using var held = _control.Hold("ready server-1");
        Assign(1);
        Heard().ShouldBe("ready server-1");

        Tell(OnlyCoordinator);

        Heard().ShouldBe("join server-0");
    }

    /// <summary>A join is answered by messages, which are lost as long as nobody knows where the actor runs.</summary>
    [Fact]
    public void That_an_actor_runs_is_said_before_it_says_something_itself()
    {
        Assign(0);
        Heard().ShouldBe("ready server-0");
        Tell(OnlyCoordinator);
        Heard().ShouldBe("join server-0");

        Assign(1);

        new[] { Heard(), Heard() }.ShouldBe(["ready server-1", "join server-1"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _data.DisposeAsync();
        _folder.Dispose();
    }

    private void Assign(int server) => Tell(new Assign(_order, [new Posting(ActorId.Server(server), 10 + server)]));

    private string Heard() => _control.Said.TryTake(out var said, Deadline) ? said : "nothing";

    private void Tell<T>(in T message)
        where T : struct, IMessage => _node.OnMessage(Coordinator, Envelope<T>.Rent(ActorId.Coordinator, 5, ActorId.Server(0), message));

    /// <summary>Says everything a little later than it is asked to, so that what must not overtake it has the time to.</summary>
    private sealed class SlowControl : IControlPlane
    {
        private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(100);

        private readonly ManualResetEventSlim _never = new();
        private string _held = "";
        private ManualResetEventSlim _letGo = new(true);

        public BlockingCollection<string> Said { get; } = [];

        /// <summary>Whoever says this is kept until the hold is disposed.</summary>
        public IDisposable Hold(string said)
        {
            (_held, _letGo) = (said, new ManualResetEventSlim());
            return new Held(_letGo);
        }

        public void Send(ActorId node, Envelope envelope)
        {
            var said = envelope switch
            {
                Envelope<Ready> ready => $"ready {ready.Message.Posting.Actor}",
                Envelope<Join> => $"join {envelope.From}",
                _ => "enlist",
            };
            envelope.Recycle();
            if (said.StartsWith("ready", StringComparison.Ordinal))
            {
                _never.Wait(Slowness);
            }

            Said.Add(said);
            if (said == _held)
            {
                _letGo.Wait(Deadline).ShouldBeTrue();
            }
        }

        public void Start(IControlListener listener)
        {
        }

        public void Expel(ActorId node, long life, string reason)
        {
        }

        public NodeLife? Find(ActorId node) => null;

        public TimeSpan? SinceHeard(ActorId node) => null;

        public Task LeaveAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => default;

        private sealed class Held(ManualResetEventSlim letGo) : IDisposable
        {
            public void Dispose() => letGo.Set();
        }
    }
}
