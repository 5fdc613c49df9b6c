using System.Diagnostics;
using System.Reflection;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed class AllocationTests
{
    private static bool IsDebugBuild => typeof(FrameReader).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true;

    /// <summary>What a step of a barrier rule sends: gradients, parameters, and small messages.</summary>
    [SkippableFact]
    public void A_synchronous_step_allocates_nothing_once_pools_are_warm()
    {
        Skip.If(IsDebugBuild, "a debug build's asynchronous methods allocate");
        using var pool = new TensorPool();
        var tensor = pool.Rent(3000);
        tensor.Span.Fill(1.25f);
        using var stream = new MemoryStream();
        var writer = new FrameWriter(stream);
        var reader = new FrameReader(stream, pool, FrameLimits.Default);
        long Round()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            stream.Position = 0;
            stream.SetLength(0);
            Send(writer, new Push(1, 2, new TreeNode(0, 3), 4, 0, 4, 64, 0.5, tensor.All));
            Send(writer, new Parameters(1, 5, 0, 0, default, tensor.All, null, ForEvaluation: false));
            Send(writer, new Applied(1, 0, 5, 0.5));
            Send(writer, new Progress(1, 5, 320, 0.5, 640, 0, 0, 10, default, null, -1, 20, IsDrained: false, IsAtEnd: false));
            Send(writer, new Horizon(1, 40));
            Send(writer, new Report(1, 4, 4, 64, -1, TimeSpan.FromMilliseconds(3), default));
            stream.Position = 0;
            for (var i = 0; i < 6; i++)
            {
                var envelope = reader.Next()!;
                envelope.Tensor.Release();
                envelope.Recycle();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        for (var i = 0; i < 50; i++)
        {
            Round();
        }

        Enumerable.Range(0, 50).Select(_ => Round()).Min().ShouldBe(0);
        tensor.Release();
        pool.Outstanding.ShouldBe(0);
    }

    private static void Send<T>(FrameWriter writer, T message)
        where T : struct, IMessage
    {
        var envelope = Envelope<T>.Rent(ActorId.Worker(1), 1, ActorId.Server(0), message);
        Frames.Now(writer.WriteAsync(envelope, default));
        envelope.Recycle();
    }
}
