using System.Numerics.Tensors;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>
/// a = b + s c over vectors far larger than caches (McCalpin, "STREAM", 1995): the bandwidth of memory. As there, a store counts
/// as one transfer.
/// </summary>
internal sealed class MemoryTriad : IDisposable
{
    private const int Length = 8 << 20;
    private const float Factor = 3;

    private readonly AlignedBuffer _a = new(Length);
    private readonly AlignedBuffer _b = new(Length);
    private readonly AlignedBuffer _c = new(Length);

    public static double BytesPerOperation => 3.0 * sizeof(float) * Length;

    public Side Side(string name, int threads) => new(name, operations => Together.Seconds(threads, thread => Run(thread, threads, operations)));

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    private void Run(int thread, int threads, int operations)
    {
        var first = (int)((long)thread * Length / threads);
        var part = first..(int)((thread + 1L) * Length / threads);
        for (var i = 0; i < operations; i++)
        {
            TensorPrimitives.MultiplyAdd(_c.Span[part], Factor, _b.Span[part], _a.Span[part]);
        }
    }
}
