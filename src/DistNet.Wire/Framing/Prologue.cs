using System.Buffers.Binary;

namespace DistNet.Wire;

/// <summary>
/// The 16 bytes before every header, little-endian: magic, header length, payload length (both in bytes), CRC-32C over the two
/// lengths and the header. "DNF2": the payload is the tensor. "DNP2": it says in which place of shared memory the tensor is. After a payload
/// comes a sum of its own, so that a tensor can leave before it has been summed.
/// </summary>
internal readonly record struct Prologue(bool IsPlaced, int HeaderBytes, int PayloadBytes, uint Checksum)
{
    public const int Size = 16;

    /// <summary>Bytes after a payload.</summary>
    public const int PayloadSumSize = sizeof(uint);

    private const int LengthsOffset = 4;
    private const int ChecksumOffset = 12;

    private static ReadOnlySpan<byte> Magic => "DNF2"u8;

    private static ReadOnlySpan<byte> PlacedMagic => "DNP2"u8;

    /// <exception cref="WireException">Another magic, a length over its limit, or a payload that cannot be one.</exception>
    public static Prologue Read(ReadOnlySpan<byte> bytes, FrameLimits limits)
    {
        var magic = bytes[..Magic.Length];
        var isPlaced = magic.SequenceEqual(PlacedMagic);
        if (!isPlaced && !magic.SequenceEqual(Magic))
        {
            throw new WireException($"A frame begins with {Convert.ToHexString(magic)}, not with {Convert.ToHexString(Magic)} (\"DNF2\").");
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
    /// <param name="payloadBytes">Length of what follows it.</param>
    /// <param name="isPlaced">Whether that is a place.</param>
    public static void Write(Span<byte> frame, int payloadBytes, bool isPlaced)
    {
        (isPlaced ? PlacedMagic : Magic).CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[LengthsOffset..], frame.Length - Size);
        BinaryPrimitives.WriteInt32LittleEndian(frame[(LengthsOffset + sizeof(int))..], payloadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumOffset..], ChecksumOf(frame));
    }

    /// <summary>Writes the sum that follows a payload.</summary>
    /// <param name="register">After the payload.</param>
    /// <param name="target">Room for <see cref="PayloadSumSize"/> bytes.</param>
    public static void WritePayloadSum(uint register, Span<byte> target) => BinaryPrimitives.WriteUInt32LittleEndian(target, Crc32C.Finish(register));

    /// <exception cref="WireException">The sum that follows the payload is another.</exception>
    public static void VerifyPayload(uint register, ReadOnlySpan<byte> sum)
    {
        var (found, said) = (Crc32C.Finish(register), BinaryPrimitives.ReadUInt32LittleEndian(sum));
        if (found != said)
        {
            throw new WireException($"A payload's CRC-32C is {found:x8}, but its end says {said:x8}.");
        }
    }

    /// <param name="frame">The frame up to and with its header.</param>
    /// <exception cref="WireException">The sum is another.</exception>
    public void VerifyHead(ReadOnlySpan<byte> frame)
    {
        var sum = ChecksumOf(frame);
        if (sum != Checksum)
        {
            throw new WireException($"A header's CRC-32C is {sum:x8}, but its prologue says {Checksum:x8}.");
        }
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> frame) =>
        Crc32C.Finish(Crc32C.Append(Crc32C.Append(Crc32C.Start, frame[LengthsOffset..ChecksumOffset]), frame[Size..]));

    private static int LengthAt(ReadOnlySpan<byte> bytes, int offset, int limit, string part)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
        return length <= limit
            ? (int)length
            : throw new WireException($"A frame's {part} has {length} bytes; the limit is {limit}.");
    }
}
