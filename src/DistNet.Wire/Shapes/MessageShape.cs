using Google.Protobuf.Reflection;

namespace DistNet.Wire;

/// <summary>
/// What the bytes of a message must look like. The parser of protobuf allocates as it goes and accepts a field it does not know, one that comes
/// twice and one that is missing; so bytes are checked against the shape first, which allocates nothing.
/// </summary>
internal sealed class MessageShape
{
    private readonly FieldShape?[] _byNumber;

    private MessageShape(MessageDescriptor descriptor)
    {
        Name = descriptor.Name;
        _byNumber = new FieldShape?[descriptor.Fields.InFieldNumberOrder().Select(field => field.FieldNumber).DefaultIfEmpty().Max() + 1];
        foreach (var field in descriptor.Fields.InFieldNumberOrder())
        {
            _byNumber[field.FieldNumber] = new FieldShape(field, field.FieldType == FieldType.Message ? Of(field.MessageType) : null);
            Required |= field.IsRequired ? FieldShape.BitOf(field.FieldNumber) : 0;
        }
    }

    public string Name { get; }

    /// <summary>Bits of the fields that must be there.</summary>
    public ulong Required { get; }

    public static MessageShape Of(MessageDescriptor descriptor) => new(descriptor);

    /// <summary>The field of that number.</summary>
    /// <exception cref="WireException">There is none.</exception>
    public FieldShape FieldOf(ulong number) => number < (ulong)_byNumber.Length && _byNumber[number] is { } field
        ? field
        : throw new WireException($"{Name} has no field {number}.");

    /// <summary>Names a required field that is missing.</summary>
    public string MissingOf(ulong seen) => _byNumber[ulong.TrailingZeroCount(Required & ~seen)]!.Name;

    /// <summary>Looks at every field, and into every message in it.</summary>
    /// <exception cref="WireException">The bytes have another shape, or more list entries than are left.</exception>
    public void Check(ReadOnlySpan<byte> bytes, ref ShapeCheck check)
    {
        var fields = new FieldCursor(this, bytes);
        while (fields.MoveNext())
        {
            check.Take(fields.Current, fields.Content);
        }
    }
}
