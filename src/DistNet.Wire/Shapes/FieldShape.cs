using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace DistNet.Wire;

/// <summary>What the bytes of one field must look like.</summary>
internal sealed class FieldShape
{
    public FieldShape(FieldDescriptor field, MessageShape? message)
    {
        Name = field.FullName[(field.File.Package.Length + 1)..];
        Bit = BitOf(field.FieldNumber);
        IsRepeated = field.IsRepeated;
        IsRequired = field.IsRequired;
        Message = message;
        Element = WireTypeOf(field.FieldType);
        WireType = field.IsPacked ? WireFormat.WireType.LengthDelimited : Element;
    }

    /// <summary>With the message's name before it.</summary>
    public string Name { get; }

    public ulong Bit { get; }

    public bool IsRepeated { get; }

    public bool IsRequired { get; }

    /// <summary>The shape inside; null for a number or a list of numbers.</summary>
    public MessageShape? Message { get; }

    public WireFormat.WireType WireType { get; }

    /// <summary>Of one entry, where numbers are packed; otherwise the same as <see cref="WireType"/>.</summary>
    public WireFormat.WireType Element { get; }

    public static ulong BitOf(int number) =>
        number < 64 ? 1UL << number : throw new NotSupportedException($"Field number {number}: shapes go up to 63.");

    /// <summary>Entries that a list has in this content.</summary>
    /// <exception cref="WireException">Packed numbers that do not end with the content.</exception>
    public int EntriesIn(ReadOnlySpan<byte> content)
    {
        if (Message is not null)
        {
            return 1;
        }

        if (Element == WireFormat.WireType.Varint)
        {
            return VarintsIn(content);
        }

        var (entries, rest) = int.DivRem(content.Length, Element == WireFormat.WireType.Fixed64 ? sizeof(ulong) : sizeof(uint));
        return rest == 0 ? entries : throw new WireException($"{Name} is a list that ends inside an entry.");
    }

    private static int VarintsIn(ReadOnlySpan<byte> content)
    {
        var entries = 0;
        for (; !content.IsEmpty; entries++)
        {
            content = content[Varint.LengthAt(content)..];
        }

        return entries;
    }

    private static WireFormat.WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Message or FieldType.String => WireFormat.WireType.LengthDelimited,
        FieldType.Double or FieldType.Fixed64 => WireFormat.WireType.Fixed64,
        FieldType.Float => WireFormat.WireType.Fixed32,
        FieldType.Int32 or FieldType.Int64 or FieldType.SInt32 or FieldType.Bool or FieldType.Enum => WireFormat.WireType.Varint,
        _ => throw new NotSupportedException($"Fields of type {type}: they need a limit of their own first."),
    };
}
