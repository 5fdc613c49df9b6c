using DistNet.TestKit;

namespace DistNet.Learning.Tests;

public sealed class IdxReaderTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(2, 3)]
    [InlineData(2, 3, 4)]
    [InlineData(2, 3, 4, 3)]
    public void Read_gives_dimensions_and_values_plain_or_gzipped(params int[] dimensions)
    {
        var values = IdxBytes.Counting(dimensions.Aggregate((a, b) => a * b));
        var plain = IdxBytes.Of(dimensions, values);
        foreach (var file in new[] { plain, IdxBytes.Gzip(plain) })
        {
            var array = Read(file);
            array.Dimensions.ShouldBe(dimensions);
            array.Values.ShouldBe(values);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_plain_or_gzipped()
    {
        var plain = IdxBytes.Of([3, 2, 2], IdxBytes.Counting(12));
        foreach (var file in new[] { plain, IdxBytes.Gzip(plain) })
        {
            for (var length = 0; length < file.Length; length++)
            {
                Should.Throw<DataFormatException>(() => Read(file[..length]), $"{length} of {file.Length} bytes");
            }
        }
    }

    [Fact]
    public void A_flipped_bit_of_a_gzipped_file_is_found_or_harmless()
    {
        var values = IdxBytes.Counting(12);
        var file = IdxBytes.Gzip(IdxBytes.Of([3, 2, 2], values));
        var found = 0;
        for (var bit = 0; bit < 8 * file.Length; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Read(damaged).Values.ShouldBe(values, $"bit {bit}");
            }
            catch (DataFormatException)
            {
                found++;
            }
        }

        found.ShouldBeGreaterThan(4 * file.Length);
    }

    [Fact]
    public void Messages_name_the_file_and_what_would_be_right()
    {
        var file = IdxBytes.Of([3, 2, 2], IdxBytes.Counting(12));
        Message(file[..20]).ShouldBe("x.idx: is cut short: its header promises 12 values, found 4");
        Message(file[..10]).ShouldBe("x.idx: is cut short in its header: expected 16 bytes, found 10");
        Message([.. file, 7]).ShouldBe("x.idx: goes on after the 12 values (3 x 2 x 2) its header promises");
        Message([0x89, 0x50, 0x4E, 0x47])
            .ShouldBe("x.idx: is not an IDX file of bytes: it starts with '89504E47', expected 00000801 to 00000804");
        Message([]).ShouldContain("starts with ''");
        Message(IdxBytes.Of([0], [])).ShouldBe("x.idx: has length 0 in dimension 1; expected at least 1");
        Message(IdxBytes.Gzip(file)[..^9]).ShouldStartWith("x.idx: ");
    }

    [Theory]
    [InlineData(0x0D)]
    [InlineData(0x09)]
    public void Other_element_types_are_refused(byte type)
    {
        var file = IdxBytes.Of([2], [1, 2]);
        file[2] = type;
        Message(file).ShouldContain("is not an IDX file of bytes");
    }

    [Fact]
    public void A_header_that_promises_too_much_is_refused_without_allocating_it()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Message(IdxBytes.Of([int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue], [1])).ShouldContain("at most");
        Message(IdxBytes.Of([1_000_000_000], [1])).ShouldContain("promises 1000000000 values, found 1");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    private static string Message(byte[] file) => Should.Throw<DataFormatException>(() => Read(file)).Message;

    private static IdxArray Read(byte[] file) => IdxReader.Read(new MemoryStream(file), "x.idx");
}
