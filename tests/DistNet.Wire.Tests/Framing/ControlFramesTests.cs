using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed class ControlFramesTests
{
    private const int Seeds = 100;

    private readonly ControlFrames _frames = new(FrameLimits.Default);

    public static TheoryData<Type> Plain => [.. Draw.Messages.Where(type => WireMessages.WithoutTensor.Contains(type.Name))];

    public static TheoryData<Type> WithTensor => [.. Draw.Messages.Where(type => WireMessages.WithTensor.Contains(type.Name))];

    [Fact]
    public void Every_message_has_its_name()
    {
        using var pool = new TensorPool(recycle: false);
        foreach (var message in Draw.Messages)
        {
            WireMessages.NameOf(new Draw(1, pool).Envelope(message)).ShouldBe(message.Name);
        }

        WireMessages.NameOf(Frames.Wrap(new CutTaken(1))).ShouldBeNull();
        WireMessages.WithTensor.Concat(WireMessages.WithoutTensor).ShouldBe(Draw.Messages.Select(type => type.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void A_message_has_the_bytes_that_a_stream_has_and_comes_back(Type message)
    {
        using var pool = new TensorPool();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var envelope = new Draw(seed, pool).Envelope(message);
            var frame = _frames.Encode(envelope);

            frame.ShouldBe(FrameBytes.Of(envelope));
            Bits.Of(_frames.Decode(frame)).ShouldBe(Bits.Of(envelope), $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void What_is_altered_torn_or_longer_is_refused_and_what_comes_after_is_read(Type message)
    {
        using var pool = new TensorPool();
        var envelope = new Draw(3, pool).Envelope(message);
        var frame = _frames.Encode(envelope);
        for (var at = 0; at < frame.Length; at++)
        {
            var altered = frame.ToArray();
            altered[at] ^= 0xFF;
            Should.Throw<WireException>(() => _frames.Decode(altered), $"altered at {at}");
            Should.Throw<WireException>(() => _frames.Decode(frame.AsSpan(0, at)), $"torn at {at}");
        }

        Should.Throw<WireException>(() => _frames.Decode([.. frame, 0])).Message.ShouldBe($"A frame has {frame.Length + 1} bytes, but its prologue says {frame.Length}.");
        Bits.Of(_frames.Decode(frame)).ShouldBe(Bits.Of(envelope));
    }

    [Theory]
    [MemberData(nameof(WithTensor))]
    public void A_tensor_is_refused_by_both_sides(Type message)
    {
        using var pool = new TensorPool(recycle: false);
        var envelope = new Draw(1, pool).Envelope(message);
        var frame = Frames.Of(envelope);

        Should.Throw<ArgumentException>(() => _frames.Encode(envelope)).Message.ShouldStartWith($"{message.Name} has a tensor.");
        Should.Throw<WireException>(() => _frames.Decode(frame)).Message.ShouldContain("the limit is 0");
        Should.Throw<WireException>(() => _frames.Decode(Frames.Around(HeaderOf(frame)))).Message.ShouldBe($"{message.Name} came without its tensor.");
        envelope.Tensor.Release();
    }

    private static ReadOnlySpan<byte> HeaderOf(byte[] frame) => frame.AsSpan(Prologue.Size, Prologue.Read(frame, FrameLimits.Default).HeaderBytes);
}
