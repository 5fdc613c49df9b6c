using System.Buffers.Binary;
using System.Text;

namespace DistNet.TestKit;

/// <summary>A message in protobuf's encoding whose contract is not known here: fields by number, each as often as it came.</summary>
public sealed class ProtoMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> content)
    {
        while (!content.IsEmpty)
        {
            var tag = Varint(ref content);
            var (number, wireType) = ((int)(tag >> 3), (int)(tag & 7));
            _fields.Add(wireType switch
            {
                0 => (number, Varint(ref content), default),
                1 => (number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref content, sizeof(ulong)).Span), default),
                2 => (number, 0, Take(ref content, (int)Varint(ref content))),
                5 => (number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref content, sizeof(uint)).Span), default),
                _ => throw new InvalidDataException($"field {number} is of wire type {wireType}"),
            });
        }
    }

    /// <summary>Messages in a field.</summary>
    public IEnumerable<ProtoMessage> All(int field) => BytesOf(field).Select(bytes => new ProtoMessage(bytes));

    /// <summary>The message in a field; one without fields where it did not come.</summary>
    public ProtoMessage One(int field) => All(field).FirstOrDefault() ?? new ProtoMessage(default);

    /// <summary>Whether a field came.</summary>
    public bool Has(int field) => _fields.Exists(one => one.Number == field);

    public string Text(int field) => Encoding.UTF8.GetString(BytesOf(field).FirstOrDefault().Span);

    public string Hex(int field) => Convert.ToHexStringLower(BytesOf(field).FirstOrDefault().Span);

    /// <summary>A number in a field, of whatever width; 0 where it did not come.</summary>
    public long Number(int field) => (long)_fields.FirstOrDefault(one => one.Number == field).Value;

    public double Double(int field) => BitConverter.Int64BitsToDouble(Number(field));

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> content, int count)
    {
        var taken = content[..count];
        content = content[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> content)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = Take(ref content, 1).Span[0];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> BytesOf(int field) => _fields.Where(one => one.Number == field).Select(one => one.Bytes);
}
