using System.Buffers;
using System.Runtime.CompilerServices;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>
/// Writes frames to a stream. Prologue and header come from one reused buffer, a tensor straight from its memory, but for its beginning,
/// which leaves with the header. Releases and recycles nothing: envelope and tensor stay the caller's, who keeps
/// them until the write is done. One write at a time. Errors of the stream pass through; after one, or a cancellation, part of a frame
/// may have left, and the stream is to be closed.
/// </summary>
/// <param name="stream">Where frames go; the caller's.</param>
public sealed class FrameWriter(Stream stream)
{
    /// <summary>A tensor up to this size goes through the buffer.</summary>
    private const int SmallBytes = 1024;

    /// <summary>When the buffer has this much it leaves.</summary>
    private const int FullBytes = 16 * 1024;

    private readonly MessageCodec _codec = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FullBytes);

    /// <summary>Writes one frame, after those added before, and flushes.</summary>
    /// <exception cref="ArgumentException">An envelope that cannot travel; nothing of it was written.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        await AddAsync(envelope, cancellationToken).ConfigureAwait(false);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts one frame behind the others. Small ones stay in the buffer until it is full, or until <see cref="FlushAsync"/>; a tensor
    /// leaves at once, with all that came before it.
    /// </summary>
    /// <exception cref="ArgumentException">An envelope that cannot travel; nothing of it was written.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AddAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var payload = (ReadOnlyMemory<byte>)envelope.Tensor.Bytes;
        AppendHead(envelope, payload.Span, isPlaced: false);
        if (payload.Length <= SmallBytes)
        {
            _buffer.Write(payload.Span);
            if (_buffer.WrittenCount >= FullBytes)
            {
                await SendAsync(cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        // A header alone would wake the reader, who then had to sleep again until the tensor comes.
        _buffer.Write(payload.Span[..Math.Min(payload.Length, FullBytes)]);
        await SendAsync(cancellationToken).ConfigureAwait(false);
        if (payload.Length > FullBytes)
        {
            await stream.WriteAsync(payload[FullBytes..], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Puts one frame behind the others whose tensor stays where it is: its memory must not be used for anything else until the receiver
    /// holds it no more.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AddAsync(Envelope envelope, TensorPlace place, CancellationToken cancellationToken)
    {
        AppendPlaced(envelope, place);
        if (_buffer.WrittenCount >= FullBytes)
        {
            await SendAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends what is in the buffer, and flushes the stream.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void AppendPlaced(Envelope envelope, in TensorPlace place)
    {
        Span<byte> payload = stackalloc byte[TensorPlace.Size];
        place.WriteTo(payload);
        AppendHead(envelope, payload, isPlaced: true);
        _buffer.Write(payload);
    }

    private void AppendHead(Envelope envelope, ReadOnlySpan<byte> payload, bool isPlaced)
    {
        var bytes = Prologue.Size + _codec.Prepare(envelope);
        var frame = _buffer.GetSpan(bytes)[..bytes];
        _codec.WriteTo(frame[Prologue.Size..]);
        Prologue.Write(frame, payload, isPlaced);
        _buffer.Advance(bytes);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount > 0)
        {
            await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            _buffer.ResetWrittenCount();
        }
    }
}
