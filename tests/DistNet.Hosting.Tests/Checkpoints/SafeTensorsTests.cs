using System.Buffers.Binary;
using System.Text;

namespace DistNet.Hosting.Tests;

public sealed class SafeTensorsTests
{
    private static readonly SafeTensor[] Tensors =
    [
        SafeTensor.Of("w", [1f, -2f], 2, 1),
        SafeTensor.Of("n", [258L]),
        SafeTensor.Of("t", "ok"),
    ];

    [Fact]
    public void Write_gives_these_bytes()
    {
        var header =
            """{"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"t":{"dtype":"U8","shape":[2],"data_offsets":[16,18]}}""";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected =
        [
            (byte)header.Length, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.ASCII.GetBytes(header),
            2, 1, 0, 0, 0, 0, 0, 0,
            0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,
            (byte)'o', (byte)'k',
        ];

        Written().ShouldBe(expected);
    }

    [Fact]
    public void Read_gives_back_what_was_written()
    {
        var read = Read(Written());

        read.Count.ShouldBe(3);
        read["w"].Singles.ToArray().ShouldBe([1f, -2f]);
        read["w"].Shape.ShouldBe([2L, 1L]);
        read["n"].Longs.ToArray().ShouldBe([258L]);
        read["t"].Text.ShouldBe("ok");
        Should.Throw<InvalidDataException>(() => read["w"].Longs.Length);
    }

    [Fact]
    public void Read_refuses_every_truncation()
    {
        var bytes = Written();
        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<InvalidDataException>(() => Read(bytes[..length]), $"cut to {length} bytes");
        }
    }

    [Fact]
    public void Read_survives_every_single_altered_byte_of_the_header()
    {
        for (var i = 0; i < Written().Length; i++)
        {
            foreach (var mask in new byte[] { 0x01, 0x08, 0x80, 0xff })
            {
                var bytes = Written();
                bytes[i] ^= mask;
                var error = Record.Exception(() => Read(bytes));
                (error is null or InvalidDataException).ShouldBeTrue($"byte {i} ^ {mask}: {error}");
            }
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "bytes left over")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""", 0, "negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,4]}}""", 4, "overflow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[250000000000],"data_offsets":[0,1000000000000]}}""", 4, "more than the file")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "type")]
    [InlineData("""{"a":{"dtype":"0","shape":[1],"data_offsets":[0,4]}}""", 4, "type by number")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "no type")]
    [InlineData("""[1]""", 0, "no object")]
    public void Read_refuses(string header, int dataLength, string what)
    {
        var bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(8));

        Should.Throw<InvalidDataException>(() => Read(bytes), what);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(90_000_000)]
    public void Read_refuses_an_impossible_header_length_before_taking_memory(long length)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);

        Should.Throw<InvalidDataException>(() => Read(bytes)).Message.ShouldContain("header's length");
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, Tensors);
        return stream.ToArray();
    }

    private static IReadOnlyDictionary<string, SafeTensor> Read(byte[] bytes) => SafeTensorsReader.Read(new MemoryStream(bytes));
}
