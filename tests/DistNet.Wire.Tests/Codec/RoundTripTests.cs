using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed class RoundTripTests
{
    private const int Seeds = 300;

    public static TheoryData<Type> Messages => [.. Draw.Messages];

    /// <summary>
    /// One writer and one reader for all of them, so that what is left of one message would be seen in the next. Every bit of every
    /// number is the same, in messages and in tensors.
    /// </summary>
    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_comes_back_bit_for_bit(Type message)
    {
        using var pool = new TensorPool(recycle: false);
        var sent = new List<string>();
        using var stream = new MemoryStream();
        var writer = new FrameWriter(stream);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var envelope = new Draw(seed, pool).Envelope(message);
            sent.Add(Bits.Of(envelope));
            Frames.Now(writer.AddAsync(envelope, default));
            envelope.Tensor.Release();
            envelope.Recycle();
        }

        Frames.Now(writer.FlushAsync(default));
        var received = Frames.ReadAll(new PiecesStream(stream.ToArray(), 1, 77, 4096, 13, 900), pool);
        received.Count.ShouldBe(Seeds);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            received[seed - 1].ShouldBe(sent[seed - 1], $"seed {seed}");
        }

        pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void The_record_comes_back_bit_for_bit()
    {
        using var pool = new TensorPool();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var record = new Draw(seed, pool).Value<CoordinatorRecord>();
            Bits.Of(RecordBytes.Decode(RecordBytes.Encode(record))).ShouldBe(Bits.Of(record), $"seed {seed}");
        }

        Bits.Of(RecordBytes.Decode(RecordBytes.Encode(CoordinatorRecord.Empty))).ShouldBe(Bits.Of(CoordinatorRecord.Empty));
    }
}
