using System.Buffers.Binary;
using System.IO.Compression;

namespace DistNet.TestKit;

/// <summary>Bytes of IDX files.</summary>
public static class IdxBytes
{
    public static byte[] Of(int[] dimensions, byte[] values)
    {
        var header = new byte[4 + (4 * dimensions.Length)];
        header[2] = 8;
        header[3] = (byte)dimensions.Length;
        for (var i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        return [.. header, .. values];
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    public static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    /// <summary>Pictures whose bytes go through all values.</summary>
    public static byte[] Pictures(int count, int rows, int columns) =>
        Of([count, rows, columns], [.. Enumerable.Range(0, count * rows * columns).Select(i => (byte)(i * 37))]);
}
