using System.Collections.Concurrent;
using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>When a server's or worker's node lets its actors know of others: what is sent too early finds nobody, and nobody sends it again.</summary>
public sealed class MeetingTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly NodeCard Card = new("127.0.0.1:1", "here", 1, "");
    private static readonly NodeLife Coordinator = new(ActorId.Coordinator, 1, Card);
    private static readonly NodeLife Self = new(ActorId.Server(0), 2, Card);
    private static readonly Posting Posting = new(ActorId.Server(0), 3);
    private static readonly Peer CoordinatorPeer = new(ActorId.Coordinator, 1, ActorId.Coordinator, 1, Card.Address);

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly Outgoing _outgoing = new();
    private readonly DataPlane _data;
    private readonly MemberNode _node;
    private readonly RunOrder _order;

    public MeetingTests()
    {
        var options = new TrainingOptions { Hidden = [4], Servers = 1 };
        var data = DataSummary.Of(NodeData.Load(options, "."));
        _order = new RunOrder("run", 1, EffectiveConfig.ToJson(options), data, SendsData: true, GiveUpAfter: null);
        var pool = new TensorPool();
        _data = new DataPlane(new Tls(TlsOptions.None), JoinToken.Generate(), pool, memory: null, LinkQueue.Discard, static _ => { }, static e => throw e, NullLogger.Instance);
        var parts = new NodeParts
        {
            Pool = pool,
            Control = _outgoing,
            Data = _data,
            Log = NullLogger.Instance,
            Directory = _folder,
            Threads = 1,
            Fail = _outgoing.Fail,
            Runner = new ThreadRunner(),
        };

        // A server needs no data, so that nobody is asked for them.
        _node = new MemberNode(parts, new NodeClients(new Tls(TlsOptions.None), token: null), ".");
        _node.OnSelf(Self);
        _node.OnUp(Coordinator);
    }

    [Fact]
    public async Task An_actor_hears_of_nobody_before_it_is_on_the_list_itself()
    {
        Tell(new Assign(_order.ToJson(), [Posting]));
        await _outgoing.UntilAsync<Ready>();
        Tell(new Peers(_order.Run, [CoordinatorPeer with { Incarnation = 0 }]));
        Tell(new Peers(_order.Run, [CoordinatorPeer, Listed]));
        Tell(new Rewind(1, CompleteCut.Start));

        (await _outgoing.UntilAsync<Rewound>()).OfType<Join>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_list_of_peers_keeps_its_place_before_the_messages_that_follow()
    {
        Tell(new Assign(_order.ToJson(), [Posting]));
        await _outgoing.UntilAsync<Ready>();
        using var lasting = _outgoing.Hold<Enlist>();
        _node.OnUp(Coordinator);
        Tell(new Peers(_order.Run, [CoordinatorPeer, Listed]));
        Tell(new Rewind(1, CompleteCut.Start));

        await _outgoing.UntilAsync<Rewound>();
    }

    [Fact]
    public async Task In_a_new_life_it_still_tells_of_its_run_until_that_has_ended()
    {
        Tell(new Assign(_order.ToJson(), [Posting]));
        await _outgoing.UntilAsync<Ready>();

        var second = await EnlistInAsync(life: 4);
        Tell(new RunEnded(_order.Run));
        var third = await EnlistInAsync(life: 5);

        second.Order.ShouldBe(_order.ToJson());
        second.Postings.ShouldBeEmpty();
        third.Order.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_stored_outlives_a_life_and_goes_with_its_run()
    {
        Tell(new Assign(_order.ToJson(), [Posting]));
        await _outgoing.UntilAsync<Ready>();
        var state = Path.Combine(_folder, "state", _order.Run);

        await EnlistInAsync(life: 4);
        Directory.Exists(state).ShouldBeTrue();

        Tell(new RunEnded(_order.Run));
        await EnlistInAsync(life: 5);
        Directory.Exists(state).ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _data.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Peer Listed => new(Posting.Actor, Posting.Incarnation, Self.Name, Self.Life, Card.Address);

    /// <summary>What the node says of itself in a new life.</summary>
    private async Task<Enlist> EnlistInAsync(long life)
    {
        _node.OnSelf(Self with { Life = life });
        _node.OnUp(Coordinator);
        return (Enlist)(await _outgoing.UntilAsync<Enlist>())[^1];
    }

    private void Tell<T>(in T message)
        where T : struct, IMessage => _node.OnMessage(Coordinator, Envelope<T>.Rent(Coordinator.Name, Coordinator.Life, Self.Name, message));

    /// <summary>A control plane that keeps what is sent.</summary>
    private sealed class Outgoing : IControlPlane
    {
        private readonly ConcurrentQueue<object> _sent = new();
        private readonly SemaphoreSlim _any = new(0);
        private readonly ManualResetEventSlim _open = new(true);
        private Type? _held;
        private Exception? _failure;

        public bool IsMember => true;

        public void Fail(Exception failure)
        {
            _failure = failure;
            _any.Release();
        }

        /// <summary>What is sent up to a message of a kind.</summary>
        public async Task<IReadOnlyList<object>> UntilAsync<T>()
            where T : struct, IMessage
        {
            var all = new List<object>();
            while (await _any.WaitAsync(Deadline))
            {
                if (_failure is not null)
                {
                    throw _failure;
                }

                _sent.TryDequeue(out var message);
                all.Add(message!);
                if (message is T)
                {
                    return all;
                }
            }

            throw new TimeoutException($"no {typeof(T).Name} was sent");
        }

        /// <summary>Whoever sends such a message waits until this is disposed.</summary>
        public IDisposable Hold<T>()
            where T : struct, IMessage
        {
            _held = typeof(T);
            _open.Reset();
            return new Release(_open);
        }

        public void Send(ActorId node, Envelope envelope)
        {
            if (_held is not null && envelope.GetType().GetGenericArguments()[0] == _held)
            {
                _open.Wait(Deadline);
            }

            object? message = envelope switch
            {
                Envelope<Enlist> enlist => enlist.Message,
                Envelope<Join> join => join.Message,
                Envelope<Ready> ready => ready.Message,
                Envelope<Rewound> rewound => rewound.Message,
                _ => null,
            };
            if (message is not null)
            {
                _sent.Enqueue(message);
                _any.Release();
            }

            envelope.Recycle();
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

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private sealed class Release(ManualResetEventSlim open) : IDisposable
        {
            public void Dispose() => open.Set();
        }
    }
}
