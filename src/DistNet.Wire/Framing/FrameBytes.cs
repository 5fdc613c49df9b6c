using System.Buffers.Binary;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Frames as bytes, for whoever holds them up, repeats them or damages them.</summary>
public static class FrameBytes
{
    /// <summary>Where the two lengths are. They say how much to wait for, and are verified only when it has come.</summary>
    private const int LengthsBegin = 4;
    private const int LengthsEnd = 12;

    /// <summary>Bytes of the frame that begins here; null: too few are there to say.</summary>
    /// <param name="bytes">As <see cref="FrameWriter"/> wrote them.</param>
    public static long? LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Prologue.Size)
        {
            return null;
        }

        long header = BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthsBegin..]);
        long payload = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(LengthsBegin + sizeof(uint))..]);
        return Prologue.Size + header + payload + (payload > 0 ? Prologue.PayloadSumSize : 0);
    }

    /// <summary>The frame of a message. Envelope and tensor stay the caller's.</summary>
    public static byte[] Of(Envelope envelope)
    {
        using var stream = new MemoryStream();

        // A stream in memory completes every write at once.
        new FrameWriter(stream).WriteAsync(envelope, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>Which byte of a frame to damage: any but those of its lengths, after which a receiver might wait for what never comes.</summary>
    /// <param name="bits">Random.</param>
    /// <param name="frameBytes">Length of the frame.</param>
    public static int ByteToDamage(ulong bits, int frameBytes)
    {
        var among = frameBytes - (LengthsEnd - LengthsBegin);
        var index = (int)(bits % (ulong)among);
        return index < LengthsBegin ? index : index + (LengthsEnd - LengthsBegin);
    }

    /// <summary>Turns all bits of one byte over.</summary>
    public static void Damage(Span<byte> frame, int index) => frame[index] ^= 0xFF;

    /// <summary>
    /// Sends a message through the codec with one byte of its frame damaged on the way, as a network might, and gives what the receiver says.
    /// Envelope and tensor stay the caller's.
    /// </summary>
    /// <param name="envelope">The message.</param>
    /// <param name="bits">Random; they say which byte.</param>
    /// <param name="pool">Lends the tensor that the receiver begins to fill; none is held afterwards.</param>
    /// <returns>Why the frame was refused; a receiver then ends the connection.</returns>
    /// <exception cref="InvalidOperationException">It was not refused: the codec is broken.</exception>
    public static WireException RefusalOf(Envelope envelope, ulong bits, TensorPool pool)
    {
        var frame = Of(envelope);
        var index = ByteToDamage(bits, frame.Length);
        Damage(frame, index);
        try
        {
            using var stream = new MemoryStream(frame);
            new FrameReader(stream, pool, FrameLimits.Default).ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (WireException e)
        {
            return e;
        }

        throw new InvalidOperationException($"A frame of {frame.Length} bytes was accepted although byte {index} was altered: {envelope.GetType()}.");
    }
}
