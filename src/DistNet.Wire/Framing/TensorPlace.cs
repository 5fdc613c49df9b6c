using System.Buffers.Binary;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Where a tensor lies in memory that sender and receiver share; travels in place of its values.</summary>
/// <param name="Offset">Bytes from the memory's beginning.</param>
/// <param name="Length">Floats.</param>
/// <param name="Slot">Where the receiver marks that it holds it no more.</param>
public readonly record struct TensorPlace(long Offset, long Length, long Slot)
{
    internal const int Size = 3 * sizeof(long);

    internal static TensorPlace Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64LittleEndian(bytes),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * sizeof(long))..]));

    internal void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(2 * sizeof(long))..], Slot);
    }
}

/// <summary>The receiver's side of shared memory.</summary>
public interface ITensorPlaces
{
    /// <summary>The tensor at that place, held once for the caller.</summary>
    /// <exception cref="WireException">There is no such place.</exception>
    public TensorSlice Take(in TensorPlace place);
}
