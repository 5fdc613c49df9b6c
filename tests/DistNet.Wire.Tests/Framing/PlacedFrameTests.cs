using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>Frames whose tensor is in memory that both sides have.</summary>
public sealed class PlacedFrameTests : IDisposable
{
    private static readonly TensorPlace Place = new(65_600, 3, 17);

    private readonly TensorPool _pool = new(recycle: false);

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Fact]
    public void The_place_travels_and_not_the_values()
    {
        var push = Push(100_000);
        var place = Place with { Length = 100_000 };
        var bytes = Frames.Placed(push, place);
        bytes.Length.ShouldBeLessThan(120);
        var reader = new FrameReader(new PiecesStream([.. bytes, .. Frames.Of(new Horizon(1, 2))], 5), _pool, FrameLimits.Default) { Places = new OnePlace(_pool, place) };

        var read = reader.Next().ShouldBeOfType<Envelope<Push>>();

        read.Tensor.Length.ShouldBe(100_000);
        (read.Message with { Gradient = default }).ShouldBe(((Envelope<Push>)push).Message with { Gradient = default });
        reader.Next().ShouldBeOfType<Envelope<Horizon>>();
        reader.Next().ShouldBeNull();
        read.Tensor.Release();
        push.Tensor.Release();
    }

    /// <summary>Raise <see cref="WireProtocol.Version"/> when this changes.</summary>
    [Fact]
    public void Golden()
    {
        var push = Push(3);
        Convert.ToHexString(Frames.Placed(push, Place)).ShouldBe(
            "444E50322E00000018000000DF7087D7" + "0A040804100310071A0408031001" + "E2011D080110021A0408011003" + "20AC06280030AB06384041000000000000E03F"
            + "4000010000000000" + "0300000000000000" + "1100000000000000" + "34EA281B");
        push.Tensor.Release();
    }

    [Fact]
    public void Without_shared_memory_it_is_refused() => Refused(Frame(), null).ShouldContain("there is none");

    [Fact]
    public void So_is_a_place_that_there_is_not() => Refused(Frame(), Place with { Slot = 18 }).ShouldContain("is no place");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9)]
    public void So_is_a_length_that_no_tensor_may_have(long length)
    {
        var place = Place with { Length = length };
        Refused(Frame(place), place, new FrameLimits(MaxPayloadBytes: 32)).ShouldContain("the limit is 8");
    }

    [Fact]
    public void So_is_a_place_after_a_message_without_tensor() =>
        Refused(Frames.Around(Frames.Of(new Horizon(1, 2)).AsSpan(Prologue.Size), new byte[24], isPlaced: true), Place).ShouldContain("it has no tensor");

    [Fact]
    public void So_is_a_payload_that_is_no_place()
    {
        var header = Frame().AsSpan()[Prologue.Size..^(24 + Prologue.PayloadSumSize)];
        Refused(Frames.Around(header, new byte[20], isPlaced: true), Place).ShouldContain("no place of a tensor");
    }

    [Fact]
    public void So_is_every_flipped_bit_and_every_missing_end()
    {
        var bytes = Frame();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(flipped, Place);
        }

        for (var length = 1; length < bytes.Length; length++)
        {
            Refused(bytes[..length], Place).ShouldContain("The stream ended inside a frame");
        }
    }

    private string Refused(byte[] bytes, TensorPlace? place, FrameLimits? limits = null)
    {
        var reader = new FrameReader(new PiecesStream(bytes), _pool, limits ?? FrameLimits.Default) { Places = place is { } there ? new OnePlace(_pool, there) : null };
        return Should.Throw<WireException>(() => reader.Next()).Message;
    }

    private byte[] Frame(TensorPlace? place = null)
    {
        var push = Push(3);
        var bytes = Frames.Placed(push, place ?? Place);
        push.Tensor.Release();
        return bytes;
    }

    private Envelope Push(int length) => Frames.Wrap(new Push(1, 2, new TreeNode(1, 3), 812, 0, 811, 64, 0.5, _pool.Rent(length).All));
}
