using DistNet.Numerics;

namespace DistNet.Protocol;

/// <summary>
/// A counted lease on float32 memory, as a rule of a <see cref="TensorPool"/>. Whoever rents or receives it holds it once and releases it
/// once; the memory goes back to its owner with the last release. Releasing more often than holding throws.
/// </summary>
public sealed unsafe class Tensor
{
    private readonly ITensorOwner _owner;
    private readonly AlignedBuffer? _buffer;
    private int _holders;
    private TensorBytes? _bytes;

    /// <summary>A lease, held once, on memory that stays where it is until the owner has the tensor back.</summary>
    public Tensor(ITensorOwner owner, float* pointer, int length)
    {
        _owner = owner;
        Pointer = pointer;
        Length = length;
        _holders = 1;
    }

    internal Tensor(ITensorOwner owner, AlignedBuffer buffer)
        : this(owner, buffer.Pointer, buffer.Length) => _buffer = buffer;

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);

    /// <summary>The same memory as bytes, as the machine orders them; made once, so that asking again allocates nothing.</summary>
    /// <exception cref="OverflowException">The tensor has 2 GiB or more.</exception>
    public Memory<byte> Bytes => (_bytes ??= new TensorBytes(this)).Memory;

    public TensorSlice All => new(this, 0, Length);

    public void Retain()
    {
        if (Interlocked.Increment(ref _holders) <= 1)
        {
            throw new InvalidOperationException("A tensor was held after its last release.");
        }
    }

    public void Release()
    {
        var left = Interlocked.Decrement(ref _holders);
        if (left < 0)
        {
            throw new InvalidOperationException("A tensor was released twice.");
        }

        if (left == 0)
        {
            _owner.Return(this);
        }
    }

    internal void Lend() => _holders = 1;

    /// <summary>Memory of the heap is given back to it.</summary>
    internal void Free() => _buffer?.Dispose();
}

/// <summary>A contiguous part of a tensor; the default value is "no tensor" and may be retained and released freely.</summary>
public readonly record struct TensorSlice(Tensor? Tensor, int Offset, int Length)
{
    public bool IsEmpty => Tensor is null;

    public Span<float> Span => Tensor is null ? default : Tensor.Span.Slice(Offset, Length);

    /// <summary>See <see cref="Tensor.Bytes"/>.</summary>
    public Memory<byte> Bytes => Tensor is null ? default : Tensor.Bytes.Slice(Offset * sizeof(float), Length * sizeof(float));

    public unsafe float* Pointer => Tensor is null ? null : Tensor.Pointer + Offset;

    public void Retain() => Tensor?.Retain();

    public void Release() => Tensor?.Release();

    public TensorSlice Slice(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length, nameof(length));
        return this with { Offset = Offset + offset, Length = length };
    }

    // What the compiler would write calls float*.ToString(), and the runtime (10.0) dies when it optimises that.
    public override string ToString() => Tensor is null ? "no tensor" : $"{Length} floats at {Offset} of {Tensor.Length}";
}
