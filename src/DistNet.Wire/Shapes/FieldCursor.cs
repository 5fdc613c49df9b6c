using Google.Protobuf;

namespace DistNet.Wire;

/// <summary>Goes over the fields of a message's bytes, without looking into them.</summary>
internal ref struct FieldCursor(MessageShape shape, ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private ulong _seen;

    public FieldShape Current { get; private set; } = null!;

    /// <summary>Number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>The current field's bytes, without tag and length.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Bytes after the current field.</summary>
    public readonly int Left => _rest.Length;

    /// <exception cref="WireException">
    /// An unknown field, another type, a second value, a length beyond the end; or at the end, a field is missing.
    /// </exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            RequireAll();
            return false;
        }

        var tag = Varint.Read(ref _rest);
        Current = shape.FieldOf(tag >> 3);
        Number = (int)(tag >> 3);
        if ((WireFormat.WireType)(tag & 7) != Current.WireType)
        {
            throw new WireException($"{Current.Name} has wire type {tag & 7}, not {(int)Current.WireType}.");
        }

        if ((_seen & Current.Bit) != 0 && !Current.IsRepeated)
        {
            throw new WireException($"{Current.Name} is there twice.");
        }

        _seen |= Current.Bit;
        TakeContent();
        return true;
    }

    private void TakeContent()
    {
        ulong length = Current.WireType switch
        {
            WireFormat.WireType.Varint => (ulong)Varint.LengthAt(_rest),
            WireFormat.WireType.Fixed64 => sizeof(ulong),
            WireFormat.WireType.Fixed32 => sizeof(uint),
            _ => Varint.Read(ref _rest),
        };
        if (length > (ulong)_rest.Length)
        {
            throw new WireException($"{Current.Name} has {length} bytes, but only {_rest.Length} are left.");
        }

        Content = _rest[..(int)length];
        _rest = _rest[(int)length..];
    }

    private readonly void RequireAll()
    {
        if ((shape.Required & ~_seen) != 0)
        {
            throw new WireException($"{shape.MissingOf(_seen)} is missing.");
        }
    }
}
