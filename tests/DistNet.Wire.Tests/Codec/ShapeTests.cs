using DistNet.Protocol;
using Google.Protobuf;

namespace DistNet.Wire.Tests;

/// <summary>Headers that protobuf's own parser would take, or stumble over, and that are refused before it sees them.</summary>
public sealed class ShapeTests
{
    private static readonly byte[] Route = Frames.Header().ToByteArray();

    /// <summary>RunUntil { generation 5, version 9 } as a field of the header.</summary>
    private static readonly byte[] Body = [0x8A, 0x02, 0x04, 0x08, 0x05, 0x10, 0x09];

    [Fact]
    public void The_header_used_here_is_good()
    {
        using var pool = new TensorPool();
        Frames.ReadAll(new PiecesStream(Frames.Around([.. Route, .. Body])), pool).Single().ShouldContain("RunUntil 5 9");
    }

    [Fact]
    public void A_header_is_a_route_and_one_body()
    {
        Refusal([]).ShouldBe("Header.from is missing.");
        Refusal([.. Route]).ShouldBe("A header has no body.");
        Refusal([.. Body]).ShouldBe("Header.from is missing.");
        Refusal([.. Body, .. Route]).ShouldBe("A header goes on after its body.");
        Refusal([.. Route, .. Body, .. Body]).ShouldBe("A header goes on after its body.");
        Refusal([.. Route, .. Route, .. Body]).ShouldBe("Header.from is there twice.");
    }

    [Fact]
    public void Fields_are_known_there_and_single()
    {
        RefusalOfBody([0x08, 0x05]).ShouldBe("RunUntil.version is missing.");
        RefusalOfBody([0x08, 0x05, 0x10, 0x09, 0x10, 0x09]).ShouldBe("RunUntil.version is there twice.");
        RefusalOfBody([0x08, 0x05, 0x10, 0x09, 0x18, 0x01]).ShouldBe("RunUntil has no field 3.");
        RefusalOfBody([0x00]).ShouldBe("RunUntil has no field 0.");
        Refusal([.. Route, 0xBA, 0x02, 0x00]).ShouldBe("Header has no field 39.");
        Refusal([.. Route, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]).ShouldBe($"Header has no field {ulong.MaxValue >> 3}.");
    }

    [Fact]
    public void Bytes_are_what_their_field_says()
    {
        RefusalOfBody([0x09, 1, 2, 3, 4, 5, 6, 7, 8]).ShouldBe("RunUntil.generation has wire type 1, not 0.");
        RefusalOfBody([0x08]).ShouldBe("A header ends inside an integer.");
        RefusalOfBody([0x08, 0x80]).ShouldBe("A header ends inside an integer.");
        RefusalOfBody([0x08, .. Enumerable.Repeat((byte)0x80, 10), 0x00]).ShouldBe("A header has an integer of more than 10 bytes.");
        Refusal([.. Route, 0x8A, 0x02, 0x05, 0x08]).ShouldBe("Header.run_until has 5 bytes, but only 1 are left.");
        Refusal([.. Route, 0x8A, 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])
            .ShouldBe($"Header.run_until has {ulong.MaxValue} bytes, but only 0 are left.");
    }

    [Fact]
    public void A_packed_list_ends_with_an_entry()
    {
        var record = RecordBytes.Encode(new CoordinatorRecord(0, 1, [CompleteCut.Start with { History = new LossHistory([1.5], [], 0, 0) }]));
        var at = record.AsSpan().IndexOf([(byte)0x0A, (byte)0x08]);
        record[at + 1] = 7;
        Should.Throw<WireException>(() => RecordBytes.Decode(record)).Message.ShouldBe("LossHistory.epochs is a list that ends inside an entry.");
    }

    [Fact]
    public void A_torn_or_altered_record_is_refused_or_read()
    {
        using var pool = new TensorPool();
        var record = RecordBytes.Encode(new Draw(4, pool).Value<CoordinatorRecord>());
        for (var at = 0; at < record.Length; at++)
        {
            // Between two cuts, or in a number, nobody can tell: the record has no checksum. There is no other error, though.
            var altered = record.ToArray();
            altered[at] ^= 0xFF;
            (Record.Exception(() => RecordBytes.Decode(altered)) is null or WireException).ShouldBeTrue($"altered at {at}");
            (Record.Exception(() => RecordBytes.Decode(altered[..at])) is null or WireException).ShouldBeTrue($"torn at {at}");
        }

        Should.Throw<WireException>(() => RecordBytes.Decode([])).Message.ShouldBe("CoordinatorRecord.number is missing.");
        Should.Throw<WireException>(() => RecordBytes.Decode([0x08, 0x00, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]))
            .Message.ShouldBe("CoordinatorRecord.generation is -1; it must not be negative.");
    }

    private static string Refusal(byte[] header) => Frames.Refusal(Frames.Around(header));

    private static string RefusalOfBody(byte[] body) => Refusal([.. Route, 0x8A, 0x02, (byte)body.Length, .. body]);
}
