using System.Buffers;

namespace DistNet.Protocol;

/// <summary>
/// A tensor's native memory as bytes, so that streams read and write it in place. It owns nothing: the memory is there as long as the
/// tensor is lent.
/// </summary>
internal sealed unsafe class TensorBytes(Tensor tensor) : MemoryManager<byte>
{
    private readonly int _length = checked(tensor.Length * sizeof(float));

    public override Span<byte> GetSpan() => new(tensor.Pointer, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)tensor.Pointer + elementIndex, default, this);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
