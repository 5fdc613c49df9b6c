using System.Buffers.Binary;

namespace DistNet.Wire;

/// <summary>
/// The 16 bytes before every header, little-endian: magic, header length, payload length (both in bytes), CRC-32C over the two
/// lengths, the header and the payload. "DNF1": the payload is the tensor. "DNP1": it says in which place of shared memory the tensor is.
/// </summary>
internal readonly record struct Prologue(bool IsPlaced, int HeaderBytes, int PayloadBytes, uint Checksum)
{
    public const int Size = 16;

    private const int LengthsOffset = 4;
    private const int ChecksumOffset = 12;

    private static ReadOnlySpan<byte> Magic => "DNF1"u8;

    private static ReadOnlySpan<byte> PlacedMagic => "DNP1"u8;

    /// <exception cref="WireException">Another magic, a length over its limit, or a payload that cannot be one.</exception>
    public static Prologue Read(ReadOnlySpan<byte> bytes, FrameLimits limits)
    {
        var magic = bytes[..Magic.Length];
        var isPlaced = magic.SequenceEqual(PlacedMagic);
        if (!isPlaced && !magic.SequenceEqual(Magic))
        {
            throw new WireException($"A frame begins with {Convert.ToHexString(magic)}, not with {Convert.ToHexString(Magic)} (\"DNF1\").");
        }

        var header = LengthAt(bytes, LengthsOffset, limits.MaxHeaderBytes, "header");
        var payload = LengthAt(bytes, LengthsOffset + sizeof(uint), limits.MaxPayloadBytes, "payload");
        if (isPlaced ? payload != TensorPlace.Size : payload % sizeof(float) != 0)
        {
            throw new WireException($"A frame's payload has {payload} bytes, which is {(isPlaced ? "no place of a tensor" : "no whole number of float32")}.");
        }

        return new Prologue(isPlaced, header, payload, BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]));
    }

    /// <summary>Fills in the prologue before a header that is in place already.</summary>
    /// <param name="frame">The frame up to and with its header.</param>
    /// <param name="payload">What follows it.</param>
    /// <param name="isPlaced">Whether that is a place.</param>
    public static void Write(Span<byte> frame, ReadOnlySpan<byte> payload, bool isPlaced)
    {
        (isPlaced ? PlacedMagic : Magic).CopyTo(frame);
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
