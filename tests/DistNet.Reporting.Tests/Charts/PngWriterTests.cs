using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DistNet.Reporting.Tests;

public sealed class PngWriterTests
{
    [Fact]
    public void A_coloured_picture_reads_back()
    {
        byte[] rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7];
        var chunks = ChunksOf(PngWriter.Of(new Pixels(2, 2, rgb)));
        chunks.Keys.ShouldBe(["IHDR", "IDAT", "IEND"]);
        chunks["IHDR"].ShouldBe([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
        Inflated(chunks["IDAT"]).ShouldBe([0, .. rgb[..6], 0, .. rgb[6..]]);
    }

    [Fact]
    public void A_grey_picture_takes_a_byte_a_pixel()
    {
        var chunks = ChunksOf(PngWriter.Of(PixelColours.Seen([0, 5, 10, 5], 2, 2, 1)));
        chunks["IHDR"][9].ShouldBe((byte)0);
        Inflated(chunks["IDAT"]).ShouldBe([0, 0, 128, 0, 255, 128]);
    }

    /// <summary>The check value of this checksum, for the nine digits.</summary>
    [Fact]
    public void The_checksum_is_that_of_the_standard() => Crc32.Of("1234"u8, "56789"u8).ShouldBe(0xCBF43926u);

    [Fact]
    public void Signed_numbers_are_white_at_zero_and_coloured_on_either_side()
    {
        var rgb = PixelColours.Signed([0, 2, -2], 3, 1, 2).Rgb;
        rgb[..3].ShouldBe([255, 255, 255]);
        rgb[3].ShouldBeGreaterThan(rgb[5]);
        rgb[6].ShouldBeLessThan(rgb[8]);
    }

    [Fact]
    public void A_large_picture_is_made_smaller_by_means()
    {
        var small = PixelColours.Seen([0, 2, 2, 2, 4, 4, 4, 4], 4, 2, 1).Within(2);
        (small.Width, small.Height).ShouldBe((2, 1));
        small.Rgb.ShouldBe([159, 159, 159, 191, 191, 191]);
        small.Within(2).ShouldBeSameAs(small);
    }

    private static Dictionary<string, byte[]> ChunksOf(byte[] png)
    {
        png[..8].ShouldBe([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        var chunks = new Dictionary<string, byte[]>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var (type, data) = (png[(at + 4)..(at + 8)], png[(at + 8)..(at + 8 + length)]);
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)).ShouldBe(Crc32.Of(type, data));
            chunks.Add(Encoding.ASCII.GetString(type), data);
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Inflated(byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var all = new MemoryStream();
        zlib.CopyTo(all);
        return all.ToArray();
    }
}
