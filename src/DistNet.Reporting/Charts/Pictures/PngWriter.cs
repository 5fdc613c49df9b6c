using System.Buffers.Binary;
using System.IO.Compression;

namespace DistNet.Reporting;

/// <summary>Pixels as PNG (ISO/IEC 15948): 8 bits a channel, one IDAT chunk, rows without a filter.</summary>
public static class PngWriter
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>The picture as the address of an image: data, not a place.</summary>
    public static string DataUri(Pixels pixels) => "data:image/png;base64," + Convert.ToBase64String(Of(pixels));

    /// <summary>The file. Grey pictures take one byte a pixel before compression.</summary>
    public static byte[] Of(Pixels pixels)
    {
        var channels = IsGrey(pixels.Rgb) ? 1 : 3;
        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, HeaderOf(pixels, channels));
        WriteChunk(file, "IDAT"u8, Compressed(pixels, channels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static bool IsGrey(byte[] rgb)
    {
        for (var i = 0; i < rgb.Length; i += 3)
        {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2])
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] HeaderOf(Pixels pixels, int channels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, pixels.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);
        return header;
    }

    private static byte[] Compressed(Pixels pixels, int channels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (pixels.Width * channels)];
            for (var y = 0; y < pixels.Height; y++)
            {
                CopyRow(pixels, y, channels, row.AsSpan(1));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void CopyRow(Pixels pixels, int y, int channels, Span<byte> row)
    {
        var source = pixels.Rgb.AsSpan(y * pixels.Width * 3, pixels.Width * 3);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = source[channels == 1 ? 3 * i : i];
        }
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Of(type, data));
        file.Write(word);
    }
}
