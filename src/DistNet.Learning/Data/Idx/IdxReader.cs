using System.Buffers.Binary;
using System.IO.Compression;

namespace DistNet.Learning;

/// <summary>
/// Reads the IDX format of the MNIST database: two zero bytes, 08 for unsigned bytes, the number of dimensions, each
/// length as a big-endian 32-bit integer, then the values. Other element types are refused.
/// </summary>
public static class IdxReader
{
    private const int MostDimensions = 4;

    /// <summary>Values are believed and allocated at once up to here; a header that promises more must show the bytes.</summary>
    private const int FirstAllocation = 64 << 20;

    /// <summary>Reads one file to its end; unpacks it first where it starts as gzip does (1F 8B).</summary>
    /// <param name="stream">Seekable; left open.</param>
    /// <param name="source">Name for messages.</param>
    /// <exception cref="DataFormatException">The file is not IDX, is damaged, or is not as long as its header says.</exception>
    public static IdxArray Read(Stream stream, string source) =>
        IsGzip(stream) ? ReadGzip(stream, source) : ReadUnpacked(stream, source);

    private static IdxArray ReadGzip(Stream stream, string source)
    {
        var promised = GzipLength(stream);
        using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            var array = ReadUnpacked(unpacked, source);
            // The runtime checks sum and length at the end of the file, but only if they are all there.
            return promised == (uint)(HeaderLength(array.Dimensions.Count) + array.Values.Length)
                ? array
                : throw new InvalidDataException();
        }
        catch (InvalidDataException damaged)
        {
            throw new DataFormatException(source, $"the gzip data are damaged or cut short; copy the file again", damaged);
        }
    }

    /// <summary>What the last four bytes of a gzip file say: the length of its contents, modulo 2^32 (RFC 1952).</summary>
    private static uint GzipLength(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        var start = stream.Position;
        stream.Position = Math.Max(0, stream.Length - length.Length);
        stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
        stream.Position = start;
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    private static int HeaderLength(int dimensions) => 4 + (4 * dimensions);

    private static bool IsGzip(Stream stream)
    {
        Span<byte> magic = stackalloc byte[2];
        var found = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Seek(-found, SeekOrigin.Current);
        return magic is [0x1F, 0x8B];
    }

    private static IdxArray ReadUnpacked(Stream stream, string source)
    {
        var dimensions = ReadHeader(stream, source);
        var expected = dimensions.Aggregate(1L, (product, length) => Math.Min(product * length, int.MaxValue));
        if (expected > Array.MaxLength)
        {
            throw new DataFormatException(
                source, $"its header promises {string.Join(" x ", dimensions)} values; at most {Array.MaxLength} can be held");
        }

        var values = ReadValues(stream, (int)expected, source);
        if (stream.ReadByte() >= 0)
        {
            throw new DataFormatException(
                source, $"goes on after the {expected} values ({string.Join(" x ", dimensions)}) its header promises");
        }

        return new IdxArray(dimensions, values);
    }

    private static int[] ReadHeader(Stream stream, string source)
    {
        Span<byte> header = stackalloc byte[HeaderLength(MostDimensions)];
        var found = stream.ReadAtLeast(header[..4], 4, throwOnEndOfStream: false);
        if (found < 4 || header is not [0, 0, 8, >= 1 and <= MostDimensions, ..])
        {
            var start = Convert.ToHexString(header[..found]);
            throw new DataFormatException(
                source, $"is not an IDX file of bytes: it starts with '{start}', expected 00000801 to 0000080{MostDimensions}");
        }

        var lengths = header.Slice(4, 4 * header[3]);
        found = stream.ReadAtLeast(lengths, lengths.Length, throwOnEndOfStream: false);
        return found == lengths.Length
            ? ParseDimensions(lengths, source)
            : throw new DataFormatException(source, $"is cut short in its header: expected {4 + lengths.Length} bytes, found {4 + found}");
    }

    private static int[] ParseDimensions(ReadOnlySpan<byte> lengths, string source)
    {
        var dimensions = new int[lengths.Length / sizeof(int)];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(lengths[(sizeof(int) * i)..]);
            if (dimensions[i] < 1)
            {
                throw new DataFormatException(source, $"has length {dimensions[i]} in dimension {i + 1}; expected at least 1");
            }
        }

        return dimensions;
    }

    private static byte[] ReadValues(Stream stream, int expected, string source)
    {
        var values = new byte[Math.Min(expected, FirstAllocation)];
        var found = 0;
        while (true)
        {
            found += stream.ReadAtLeast(values.AsSpan(found), values.Length - found, throwOnEndOfStream: false);
            if (found < values.Length)
            {
                throw new DataFormatException(source, $"is cut short: its header promises {expected} values, found {found}");
            }

            if (found == expected)
            {
                return values;
            }

            Array.Resize(ref values, (int)Math.Min(expected, 2L * values.Length));
        }
    }
}
