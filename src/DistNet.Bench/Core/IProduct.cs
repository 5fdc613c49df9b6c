using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>One library's way to multiply, with memory and threads prepared; packing is part of the multiplication.</summary>
internal interface IProduct : IDisposable
{
    /// <summary>The result of the last multiplication, [M, N].</summary>
    public Matrix C { get; }

    public void Multiply();
}
