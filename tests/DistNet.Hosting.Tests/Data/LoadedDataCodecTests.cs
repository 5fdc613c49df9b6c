using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DistNet.Learning;
using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

public sealed class LoadedDataCodecTests
{
    private const long Ample = 1 << 20;

    private static readonly TrainingOptions Iris = new() { Data = "iris", Scale = ScalingKind.Standard };

    public static TheoryData<string, ScalingKind, double> Sets => new()
    {
        { "digits", ScalingKind.Unit, 0.2 },
        { "breast-cancer", ScalingKind.Standard, 0.3 },
        { "moons", ScalingKind.None, 0 },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_data_set_comes_back_bit_by_bit(string name, ScalingKind kind, double testFraction)
    {
        var data = DataLoader.Load(new TrainingOptions { Data = name, Scale = kind, TestFraction = testFraction });

        var read = Read(BytesOf(data));

        DataFingerprint.Of(read).ShouldBe(DataFingerprint.Of(data));
        ShouldBeTheSame(read.Train, data.Train);
        (read.Test is null).ShouldBe(testFraction == 0);
        if (data.Test is { } test)
        {
            ShouldBeTheSame(read.Test!, test);
        }

        read.Scaling.Kind.ShouldBe(kind);
        Bits(read.Scaling.Offsets).ShouldBe(Bits(data.Scaling.Offsets));
        Bits(read.Scaling.Factors).ShouldBe(Bits(data.Scaling.Factors));
    }

    [Fact]
    public void Values_that_are_no_numbers_and_pieces_of_a_piece_keep_their_bits()
    {
        var drawn = DrawnData.Of(rows: 11_000, features: 3);
        drawn.Values[0] = float.NaN;
        drawn.Values[^1] = -0f;
        var data = new LoadedData(drawn, null, Scaling.Fit(ScalingKind.None, drawn));

        ShouldBeTheSame(Read(BytesOf(data)).Train, drawn);
    }

    [Fact]
    public void Nothing_behind_a_data_set_is_read()
    {
        var bytes = BytesOf(DataLoader.Load(Iris));
        using var stream = new MemoryStream([.. bytes, 77]);

        LoadedDataCodec.Read(stream, "node-1", Ample);

        stream.ReadByte().ShouldBe(77);
    }

    [Fact]
    public void One_altered_bit_anywhere_is_found()
    {
        var bytes = BytesOf(DataLoader.Load(Iris));
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= (byte)(1 << (at % 8));
            Refused(bytes, Ample);
            bytes[at] ^= (byte)(1 << (at % 8));
        }
    }

    [Fact]
    public void A_missing_end_is_found()
    {
        var bytes = BytesOf(DataLoader.Load(Iris));
        for (var length = 0; length < bytes.Length; length++)
        {
            Refused(bytes[..length], Ample).ShouldBe($"node-1: ends after {length} bytes; expected more");
        }
    }

    [Fact]
    public void What_has_the_most_bytes_is_read_and_one_more_is_refused()
    {
        var bytes = BytesOf(DataLoader.Load(Iris));
        var counted = bytes.Length - 12 - 32;

        Read(bytes, counted);

        Refused(bytes, counted - 1).ShouldContain($"expected at most {counted - 1}");
    }

    [Theory]
    [InlineData(1, 2_000_000_000, null)]
    [InlineData(1 << 16, 1 << 14, 1 << 14)]
    [InlineData(1, 1, 2_000_000_000)]
    public void Absurd_counts_take_no_memory(int features, int train, int? test)
    {
        var info = new DataSetInfo("absurd", features, ["a", "b"], [features]);
        var header = new LoadedDataHeader(info, new Scaling(ScalingKind.None, new double[features], new double[features]), train, test).ToJson();
        byte[] bytes = [.. "DNDATA"u8, 1, 0, .. BitConverter.GetBytes(header.Length), .. header];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused(bytes, Ample).ShouldContain($"expected at most {Ample}");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * Ample);
    }

    [Fact]
    public void Absurd_lengths_of_a_header_are_refused()
    {
        Refused([.. "DNDATA"u8, 1, 0, .. BitConverter.GetBytes(-1)], Ample).ShouldContain("header of -1 bytes");
        Refused([.. "DNDATA"u8, 1, 0, .. BitConverter.GetBytes(int.MaxValue)], Ample).ShouldContain("header of 2147483647 bytes");
    }

    [Fact]
    public void Another_version_is_refused()
    {
        var bytes = BytesOf(DataLoader.Load(Iris));
        bytes[6]++;

        Refused(bytes, Ample).ShouldBe("node-1: does not begin like a data set of this version");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_class_without_a_name_is_refused(int label)
    {
        var drawn = DrawnData.Of(rows: 7, features: 2);
        drawn.Labels[4] = label;

        Refused(BytesOf(new LoadedData(drawn, null, Scaling.Fit(ScalingKind.None, drawn))), Ample).ShouldBe($"node-1: label 5 is {label}; expected 0 to 2");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1")]
    [InlineData("{}")]
    [InlineData("""{"Info":{"Name":"x","Features":1,"ClassNames":["a",null],"Shape":[1]},"Scaling":{"Kind":0,"Offsets":[0],"Factors":[1]},"Train":1}""")]
    [InlineData("""{"Info":{"Name":"x","Features":2,"ClassNames":["a","b"],"Shape":[1]},"Scaling":{"Kind":0,"Offsets":[0],"Factors":[1]},"Train":1}""")]
    [InlineData("""{"Info":{"Name":"x","Features":1,"ClassNames":["a","b"],"Shape":[1]},"Scaling":{"Kind":9,"Offsets":[0],"Factors":[1]},"Train":1}""")]
    [InlineData("""{"Info":{"Name":"x","Features":1,"ClassNames":["a","b"],"Shape":[1]},"Scaling":{"Kind":0,"Offsets":[0],"Factors":[1]},"Train":-1}""")]
    public void A_header_without_sense_is_refused(string header)
    {
        var bytes = Encoding.UTF8.GetBytes(header);

        Refused([.. "DNDATA"u8, 1, 0, .. BitConverter.GetBytes(bytes.Length), .. bytes], Ample).ShouldBe("node-1: has a header that describes no data set");
    }

    private static byte[] BytesOf(LoadedData data)
    {
        using var stream = new MemoryStream();
        LoadedDataCodec.Write(stream, data);
        return stream.ToArray();
    }

    private static LoadedData Read(byte[] bytes, long maxBytes = Ample)
    {
        using var stream = new MemoryStream(bytes);
        return LoadedDataCodec.Read(stream, "node-1", maxBytes);
    }

    private static string Refused(byte[] bytes, long maxBytes)
    {
        var message = Should.Throw<DataFormatException>(() => Read(bytes, maxBytes)).Message;
        message.ShouldNotContain("\n");
        return message;
    }

    private static void ShouldBeTheSame(DataSet actual, DataSet expected)
    {
        JsonSerializer.Serialize(actual.Info).ShouldBe(JsonSerializer.Serialize(expected.Info));
        MemoryMarshal.AsBytes(actual.Values.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(expected.Values.AsSpan())).ShouldBeTrue();
        actual.Labels.ShouldBe(expected.Labels);
    }

    private static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];
}
