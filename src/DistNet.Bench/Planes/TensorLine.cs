using System.Net.Sockets;
using DistNet.Cluster;
using DistNet.Numerics;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Bench;

/// <summary>
/// A link of the tensor plane, as nodes use it. Gradients go one way; the last of a batch asks for parameters back, a full tensor or a
/// token of one.
/// </summary>
internal sealed class TensorLine : IAsyncDisposable
{
    private const long MostWaiting = 1L << 30;

    private readonly TensorPool _pool = new();
    private readonly DataLink _link;
    private readonly SemaphoreSlim _answered = new(0);
    private readonly Task _running;

    public TensorLine(Socket socket)
    {
        _link = new DataLink(ActorId.Server(0), 1, MostWaiting, memory: null, Deliver, static (_, _) => { });
        _running = OwnThread.RunAsync("tensors", () => _link.RunAsync(FrameConnection.Welcomed(new SocketStream(socket), _pool, FrameLimits.Default)));
    }

    /// <summary>Sends tensors, the last of which asks for an answer of so many values, and waits for it.</summary>
    public void Ask(int tensors, int length, int answerLength)
    {
        // The same memory each time, as on the raw socket: where values come from is not what is measured.
        var tensor = _pool.Rent(length);
        for (var i = 0; i < tensors; i++)
        {
            tensor.Retain();
            var answer = i == tensors - 1 ? answerLength : 0;
            _link.Send(Envelope<Push>.Rent(
                ActorId.Worker(0), 1, ActorId.Server(0), new Push(1, i, TreeNode.Leaf(0), answer, 0, 0, 1, 0, tensor.All)));
        }

        tensor.Release();
        _answered.Wait();
    }

    /// <summary>Answers until the other side has gone.</summary>
    public Task ServeAsync() => _running;

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync().ConfigureAwait(false);
        _answered.Dispose();
    }

    private void Deliver(Envelope envelope)
    {
        if (envelope is Envelope<Push> { Message.Step: > 0 } last)
        {
            var answer = _pool.Rent((int)last.Message.Step);
            _link.Send(Envelope<Parameters>.Rent(
                ActorId.Server(0), 1, ActorId.Worker(0), new Parameters(1, 1, 0, 0, default, answer.All, null, ForEvaluation: false)));
        }

        var isAnswer = envelope is Envelope<Parameters>;
        envelope.Tensor.Release();
        envelope.Recycle();
        if (isAnswer)
        {
            _answered.Release();
        }
    }
}
