using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using DistNet.Numerics;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Two ends of a link over a real socket, each with a pool of its own.</summary>
public sealed class SharingLinkTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Values_arrive_whoever_shares(bool one, bool other)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "memory is shared on Linux only");
        await using var ends = await Ends.ConnectAsync(one, other);
        for (var i = 1; i <= 20; i++)
        {
            await ends.ExchangeAsync(i * 1000);
        }

        (ends.One.WasLent, ends.Other.WasLent).ShouldBe((one && other, one && other), "tensors are lent where both can");
    }

    [SkippableFact]
    public async Task Nothing_stays_out_when_all_is_released()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "memory is shared on Linux only");
        await using var ends = await Ends.ConnectAsync(true, true);
        for (var i = 0; i < 50; i++)
        {
            await ends.ExchangeAsync(5000);
        }

        await ends.One.AllBackAsync();
        await ends.Other.AllBackAsync();
    }

    private sealed class End
    {
        private readonly SharedMemory? _memory;
        private readonly TensorPool _pool;
        private readonly Channel<Envelope> _heard = Channel.CreateUnbounded<Envelope>();

        public End(ActorId other, Socket socket, bool shares)
        {
            _memory = shares ? SharedMemory.TryCreate() : null;
            _pool = new TensorPool(memory: _memory);
            Link = new DataLink(other, 1, 1 << 30, _memory, envelope => _heard.Writer.TryWrite(envelope), static (_, _) => { });
            Running = OwnThread.RunAsync($"{other}", () => Link.RunAsync(FrameConnection.Welcomed(new SocketStream(socket), _pool, FrameLimits.Default)));
        }

        public DataLink Link { get; }

        public Task Running { get; }

        public bool WasLent { get; private set; }

        public void Send(int length, float value)
        {
            var tensor = _pool.Rent(length);
            tensor.Span.Fill(value);
            Link.Send(Envelope<Push>.Rent(ActorId.Worker(0), 1, ActorId.Server(0), new Push(1, 0, TreeNode.Leaf(0), 0, 0, 0, 1, 0, tensor.All)));
        }

        public async Task HearAsync(int length, float value)
        {
            var envelope = await _heard.Reader.ReadAsync().AsTask().WaitAsync(Deadline);
            envelope.Tensor.Length.ShouldBe(length);
            envelope.Tensor.Span.ContainsAnyExcept(value).ShouldBeFalse();
            envelope.Tensor.Release();
            envelope.Recycle();
            WasLent |= _memory?.Lent > 0;
        }

        public Task AllBackAsync() => Eventually.TrueAsync(
            () =>
            {
                _memory!.TakeBack();
                return _memory.Lent == 0 && _pool.Outstanding == 0;
            },
            Deadline,
            "every tensor to be back");
    }

    private sealed class Ends(End one, End other) : IAsyncDisposable
    {
        public End One => one;

        public End Other => other;

        public static async Task<Ends> ConnectAsync(bool one, bool other)
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            var left = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            left.Connect(listener.LocalEndPoint!);
            return new Ends(new End(ActorId.Server(0), left, one), new End(ActorId.Worker(0), await listener.AcceptAsync().WaitAsync(Deadline), other));
        }

        public async Task ExchangeAsync(int length)
        {
            One.Send(length, length);
            await Other.HearAsync(length, length);
            Other.Send(length, -length);
            await One.HearAsync(length, -length);
        }

        public async ValueTask DisposeAsync()
        {
            await One.Link.DisposeAsync();
            await Other.Link.DisposeAsync();
            await Task.WhenAll(One.Running, Other.Running).WaitAsync(Deadline);
        }
    }
}
