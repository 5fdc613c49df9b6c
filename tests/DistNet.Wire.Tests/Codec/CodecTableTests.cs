using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed class CodecTableTests
{
    private static readonly BodyCodec[] Codecs = MessageCodec.CreateBodies();

    /// <summary>A new message fails here until it has a contract, or is said to be an observation.</summary>
    [Fact]
    public void Every_message_has_a_codec_and_no_observation_has() =>
        Codecs.Select(codec => codec.EnvelopeType).ShouldBe(Draw.Messages.Select(message => typeof(Envelope<>).MakeGenericType(message)), ignoreOrder: true);

    [Fact]
    public void Every_body_of_the_contract_has_the_codec_of_its_name() =>
        V1.Header.Descriptor.Oneofs.Single().Fields.Select(field => (field.FieldNumber, field.MessageType.Name))
            .ShouldBe(Codecs.Select(codec => (codec.Number, codec.Name)), ignoreOrder: true);

    [Fact]
    public void An_observation_does_not_travel()
    {
        using var stream = new MemoryStream();
        var writer = new FrameWriter(stream);
        Should.Throw<ArgumentException>(() => Frames.Now(writer.WriteAsync(Frames.Wrap(new CutTaken(1)), default)));
        Frames.Now(writer.FlushAsync(default));
        stream.Length.ShouldBe(0);
    }
}
