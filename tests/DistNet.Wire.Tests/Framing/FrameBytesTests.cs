using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed class FrameBytesTests
{
    private const int Seeds = 30;

    public static TheoryData<Type> Messages => [.. Draw.Messages];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Frames_are_told_apart_by_their_lengths(Type message)
    {
        using var pool = new TensorPool(recycle: false);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var envelope = new Draw(seed, pool).Envelope(message);
            var frame = FrameBytes.Of(envelope);
            envelope.Tensor.Release();

            FrameBytes.LengthOf([.. frame, .. frame]).ShouldBe(frame.Length, $"seed {seed}");
            FrameBytes.LengthOf(frame.AsSpan(0, 15)).ShouldBeNull();
        }
    }

    /// <summary>Whichever byte it is. Those of the lengths are damaged by hand: here the stream ends, so nobody waits.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    public void A_frame_with_one_altered_byte_is_refused_by_the_codec(Type message)
    {
        using var pool = new TensorPool(recycle: false);
        var envelope = new Draw(seed: 3, pool).Envelope(message);
        var length = FrameBytes.Of(envelope).Length;
        for (var bits = 0; bits < length - 8; bits++)
        {
            FrameBytes.RefusalOf(envelope, (ulong)bits, pool).Message.ShouldNotBeEmpty();
        }

        envelope.Tensor.Release();
        pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Any_byte_may_be_damaged_but_those_of_the_lengths() =>
        Enumerable.Range(0, 32).Select(bits => FrameBytes.ByteToDamage((ulong)bits, 40)).ShouldBe([0, 1, 2, 3, .. Enumerable.Range(12, 28)]);
}
