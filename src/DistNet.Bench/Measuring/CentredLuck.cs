using System.Numerics.Tensors;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>Values to compute with: uniform in [-1, 1), the same in every run.</summary>
internal static class CentredLuck
{
    private const ulong Seed = 1;

    /// <param name="which">Different numbers give independent values.</param>
    /// <param name="values">Filled.</param>
    public static void Fill(uint which, Span<float> values)
    {
        Luck.Key(Seed, LuckPurpose.Generator, which).Uniform(0, values);
        TensorPrimitives.Multiply(values, 2f, values);
        TensorPrimitives.Subtract(values, 1f, values);
    }
}
