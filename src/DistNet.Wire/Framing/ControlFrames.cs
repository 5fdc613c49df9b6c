using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>
/// Messages without a tensor to and from bytes, one whole frame at a time, for planes that carry bytes and no stream. The bytes are those that
/// <see cref="FrameWriter"/> writes. Reuses its generated messages; not for two threads at a time.
/// </summary>
/// <param name="limits">What is accepted; a payload never is.</param>
public sealed class ControlFrames(FrameLimits limits)
{
    private readonly MessageCodec _codec = new();

    /// <summary>The frame of a message. The envelope stays the caller's.</summary>
    /// <exception cref="ArgumentException">It does not travel, or it has a tensor: see <see cref="WireMessages"/>.</exception>
    public byte[] Encode(Envelope envelope)
    {
        var header = _codec.Prepare(envelope);
        if (!envelope.Tensor.IsEmpty)
        {
            throw new ArgumentException($"{WireMessages.NameOf(envelope)} has a tensor.", nameof(envelope));
        }

        var frame = new byte[Prologue.Size + header];
        _codec.WriteTo(frame.AsSpan(Prologue.Size));
        Prologue.Write(frame, payloadBytes: 0, isPlaced: false);
        return frame;
    }

    /// <summary>The message in a pooled envelope, which is the caller's.</summary>
    /// <param name="frame">One frame, and nothing after it.</param>
    /// <exception cref="WireException">It is none, or over a limit, or one with a tensor.</exception>
    public Envelope Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Prologue.Size)
        {
            throw new WireException($"A frame has {frame.Length} bytes; its prologue alone has {Prologue.Size}.");
        }

        var prologue = Prologue.Read(frame, limits with { MaxPayloadBytes = 0 });
        var expected = Prologue.Size + prologue.HeaderBytes;
        if (frame.Length != expected)
        {
            throw new WireException($"A frame has {frame.Length} bytes, but its prologue says {expected}.");
        }

        prologue.VerifyHead(frame);
        var header = frame[Prologue.Size..];
        var parts = HeaderShape.Check(header, limits);
        var codec = _codec.CodecOf(parts);
        return codec.CarriesTensor ? throw new WireException($"{codec.Name} came without its tensor.") : _codec.Read(header, parts, default);
    }
}
