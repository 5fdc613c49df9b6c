using System.Globalization;

namespace DistNet.Bench;

/// <summary>A product to measure: C [M, N] = op(A) op(B), K deep.</summary>
public sealed record ProductShape(string Name, int M, int N, int K, bool TransposeA = false, bool TransposeB = false)
{
    private const int ComputeBoundFrom = 16;

    /// <summary>Large squares, and every product of a training step of 784-512-256-10 at two sizes of batch but the smallest ones' gradients.</summary>
    public static IReadOnlyList<ProductShape> All { get; } = [Square(512), Square(1024), Square(2048), .. OfStep(128), .. OfStep(64)];

    public string Sizes => string.Create(CultureInfo.InvariantCulture, $"{M} x {N} x {K}");

    /// <summary>Floating-point operations.</summary>
    public double Work => 2.0 * M * N * K;

    /// <summary>True when each float that is read or written once takes part in so many operations that memory is not the limit.</summary>
    public bool IsComputeBound => Work / (sizeof(float) * (((double)M * K) + ((double)K * N) + ((double)M * N))) >= ComputeBoundFrom;

    private static ProductShape Square(int size) => new("square", size, size, size);

    private static IEnumerable<ProductShape> OfStep(int batch) =>
    [
        new("forward", batch, 512, 784),
        new("forward", batch, 256, 512),
        new("forward", batch, 10, 256),
        new("weight gradient", 784, 512, batch, TransposeA: true),
        new("data gradient", batch, 784, 512, TransposeB: true),
    ];
}
