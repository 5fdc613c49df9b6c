using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DistNet.Wire;

/// <summary>
/// CRC-32C (polynomial 0x1EDC6F41, reflected), continued over any number of pieces. The processor's instruction takes eight bytes a
/// cycle but answers three cycles later, so long input goes as three strands side by side: the remainder of AB is that of A shifted
/// over the length of B, plus that of B, and shifting over one strand's zeros is a table. A strand is a page, as far as the processor
/// fetches ahead by itself.
/// </summary>
internal static class Crc32C
{
    /// <summary>Register before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    private const int StrandBytes = 4096;
    private const int StrandWords = StrandBytes / sizeof(ulong);

    private static readonly uint[] ShiftTable = MakeShiftTable();

    /// <summary>The checksum that belongs to a register.</summary>
    public static uint Finish(uint register) => ~register;

    /// <summary>The register after more bytes.</summary>
    public static uint Append(uint register, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 3 * StrandBytes)
        {
            register = AppendStrands(register, bytes);
            bytes = bytes[(3 * StrandBytes)..];
        }

        return AppendPlain(register, bytes);
    }

    // Optimised at its first call: in the first seconds of a run it would otherwise be the slowest thing on the wire.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint AppendStrands(uint first, ReadOnlySpan<byte> bytes)
    {
        uint second = 0;
        uint third = 0;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes[..(3 * StrandBytes)]);
        var ahead = words[StrandWords..];
        var farAhead = words[(2 * StrandWords)..];
        for (var i = 0; i < farAhead.Length; i++)
        {
            first = BitOperations.Crc32C(first, words[i]);
            second = BitOperations.Crc32C(second, ahead[i]);
            third = BitOperations.Crc32C(third, farAhead[i]);
        }

        return Shift(Shift(first) ^ second) ^ third;
    }

    private static uint AppendPlain(uint register, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            register = BitOperations.Crc32C(register, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            register = BitOperations.Crc32C(register, value);
        }

        return register;
    }

    /// <summary>The register after the zeros of one strand.</summary>
    private static uint Shift(uint register) =>
        ShiftTable[register & 0xFF]
        ^ ShiftTable[256 + ((register >> 8) & 0xFF)]
        ^ ShiftTable[512 + ((register >> 16) & 0xFF)]
        ^ ShiftTable[768 + (register >> 24)];

    private static uint[] MakeShiftTable()
    {
        var zeros = new byte[StrandBytes];
        var table = new uint[4 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = AppendPlain((uint)(i % 256) << (8 * (i / 256)), zeros);
        }

        return table;
    }
}
