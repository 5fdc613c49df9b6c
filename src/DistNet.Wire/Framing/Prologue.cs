using System.Buffers.Binary;

namespace DistNet.Wire;

/// <summary>
/// The 16 bytes before every header, little-endian: "DNF1", header length, payload length (both in bytes), CRC-32C over the two
/// lengths, the header and the payload.
/// </summary>
internal readonly record struct Prologue(int HeaderBytes, int PayloadBytes, uint Checksum)
{
    public const int Size = 16;

    private const int LengthsOffset = 4;
    private const int ChecksumOffset = 12;

    private static ReadOnlySpan<byte> Magic => "DNF1"u8;

    /// <exception cref="WireException">Another magic, a length over its limit, or a payload that is no whole number of floats.</exception>
    public static Prologue Read(ReadOnlySpan<byte> bytes, FrameLimits limits)
    {
        if (!bytes[..Magic.Length].SequenceEqual(Magic))
        {
            var found = Convert.ToHexString(bytes[..Magic.Length]);
            throw new WireException($"A frame begins with {found}, not with {Convert.ToHexString(Magic)} (\"DNF1\").");
        }

        var header = LengthAt(bytes, LengthsOffset, limits.MaxHeaderBytes, "header");
        var payload = LengthAt(bytes, LengthsOffset + sizeof(uint), limits.MaxPayloadBytes, "payload");
        if (payload % sizeof(float) != 0)
        {
            throw new WireException($"A frame's payload has {payload} bytes, which is no whole number of float32.");
        }

        return new Prologue(header, payload, BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]));
    }

    /// <summary>Fills in the prologue before a header that is in place already.</summary>
    /// <param name="frame">The frame up to and with its header.</param>
    /// <param name="payload">What follows it.</param>
    public static void Write(Span<byte> frame, ReadOnlySpan<byte> payload)
    {
        Magic.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[LengthsOffset..], frame.Length - Size);
        BinaryPrimitives.WriteInt32LittleEndian(frame[(LengthsOffset + sizeof(int))..], payload.Length);
        var checksum = Crc32C.Finish(Crc32C.Append(ChecksumOfHead(frame), payload));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumOffset..], checksum);
    }

    /// <summary>Register of the checksum after the lengths and the header; the payload comes next.</summary>
    public static uint ChecksumOfHead(ReadOnlySpan<byte> frame)
    {
        var register = Crc32C.Append(Crc32C.Start, frame[LengthsOffset..ChecksumOffset]);
        return Crc32C.Append(register, frame[Size..]);
    }

    /// <exception cref="WireException">The sum differs.</exception>
    public void Verify(uint register)
    {
        var sum = Crc32C.Finish(register);
        if (sum != Checksum)
        {
            throw new WireException($"A frame's CRC-32C is {sum:x8}, but its prologue says {Checksum:x8}.");
        }
    }

    private static int LengthAt(ReadOnlySpan<byte> bytes, int offset, int limit, string part)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
        return length <= limit
            ? (int)length
            : throw new WireException($"A frame's {part} has {length} bytes; the limit is {limit}.");
    }
}
