using System.Numerics;

namespace DistNet.Wire;

/// <summary>Protobuf's integers of seven bits a byte, lowest first, the last byte without its high bit.</summary>
internal static class Varint
{
    private const int MaxBytes = 10;

    /// <summary>Bytes of the integer that begins here.</summary>
    /// <exception cref="WireException">It does not end in time.</exception>
    public static int LengthAt(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < Math.Min(bytes.Length, MaxBytes); i++)
        {
            if (bytes[i] < 0x80)
            {
                return i + 1;
            }
        }

        throw new WireException(bytes.Length < MaxBytes
            ? "A header ends inside an integer."
            : $"A header has an integer of more than {MaxBytes} bytes.");
    }

    /// <summary>Reads and moves on; bits beyond the 64th are dropped, as protobuf does.</summary>
    public static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        var length = LengthAt(bytes);
        ulong value = 0;
        for (var i = 0; i < length; i++)
        {
            value |= (bytes[i] & 0x7FUL) << (7 * i);
        }

        bytes = bytes[length..];
        return value;
    }

    /// <summary>Bytes of a value.</summary>
    public static int SizeOf(uint value) => (38 - Math.Min(31, BitOperations.LeadingZeroCount(value))) / 7;

    /// <summary>Writes and moves on.</summary>
    public static void Write(ref Span<byte> bytes, uint value)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[i++] = (byte)(value | 0x80);
        }

        bytes[i] = (byte)value;
        bytes = bytes[(i + 1)..];
    }
}
