using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

public sealed class MemberNodeTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly NodeCard Card = new("127.0.0.1:1", "here", 1, "probe");
    private static readonly NodeLife Coordinator = new(ActorId.Coordinator, 5, Card);

    private readonly TemporaryFolder _folder = new();

    /// <summary>What the coordinator's actor says next goes to actors that it takes for known here.</summary>
    [Fact]
    public async Task Who_is_there_is_known_at_once_although_another_order_is_still_being_carried_out()
    {
        var (pool, control) = (new TensorPool(), new SlowControl());
        await using var data = new DataPlane(new Tls(TlsOptions.None), new JoinToken("t"), pool, LinkQueue.Discard, _ => { }, NullLogger.Instance);
        var parts = new NodeParts
        {
            Pool = pool, Control = control, Data = data, Log = NullLogger.Instance, Directory = _folder.Path, Threads = 1, Fail = e => control.Failed.TrySetException(e),
        };
        await using var node = new MemberNode(parts, (_, _) => throw new InvalidOperationException("A server needs no data."));
        var options = new TrainingOptions { Data = "iris", Servers = 2, Hidden = [400] };
        var order = new RunOrder("some", 1, EffectiveConfig.ToJson(options), DataSummary.Of(DataLoader.Load(options)), false, null);
        node.OnSelf(new NodeLife(ActorId.Server(0), 6, Card));
        node.OnUp(Coordinator);
        Tell(node, new Assign(order.ToJson(), [new Posting(ActorId.Server(0), 10)]));
        await control.ReadyAsync(server: 0).WaitAsync(Deadline);
        control.Hold();
        Tell(node, new Assign(order.ToJson(), [new Posting(ActorId.Server(1), 11)]));
        await control.ReadyAsync(server: 1).WaitAsync(Deadline);

        Tell(node, new Peers("some", [new Peer(ActorId.Coordinator, 9, ActorId.Coordinator, 5, Card.Address)]));

        await control.Joined.WaitAsync(Deadline);
        control.LetGo();
        control.Failed.Task.IsCompleted.ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private static void Tell<T>(MemberNode node, in T message)
        where T : struct, IMessage => node.OnMessage(Coordinator, Envelope<T>.Rent(ActorId.Coordinator, 5, ActorId.Server(0), message));

    /// <summary>Keeps whoever says that server 1 is ready waiting, as a busy machine does.</summary>
    private sealed class SlowControl : IControlPlane
    {
        private readonly TaskCompletionSource _first = New();
        private readonly TaskCompletionSource _held = New();
        private readonly TaskCompletionSource _joined = New();
        private readonly ManualResetEventSlim _goOn = new(true);

        public TaskCompletionSource Failed { get; } = New();

        public Task Joined => _joined.Task;

        public Task ReadyAsync(int server) => server == 0 ? _first.Task : _held.Task;

        public void Hold() => _goOn.Reset();

        public void LetGo() => _goOn.Set();

        public void Send(ActorId node, Envelope envelope)
        {
            switch (envelope)
            {
                case Envelope<Ready> { Message.Posting.Actor.Index: 0 }:
                    _first.TrySetResult();
                    break;
                case Envelope<Ready>:
                    _held.TrySetResult();
                    _goOn.Wait(Deadline).ShouldBeTrue();
                    break;
                case Envelope<Join>:
                    _joined.TrySetResult();
                    break;
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

        public ValueTask DisposeAsync() => default;

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
