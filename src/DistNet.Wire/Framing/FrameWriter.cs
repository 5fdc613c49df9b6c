using System.Buffers;
using System.Runtime.CompilerServices;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>
/// Writes frames to a stream. Prologue and header come from one reused buffer, a tensor straight from its memory, piece by piece as it is
/// summed, but for its beginning, which leaves with the header, and its end, which leaves with its sum. Releases and recycles nothing: envelope and tensor stay the caller's, who keeps
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

    /// <summary>A piece is still in the second cache when it leaves, after it was summed.</summary>
    private const int PieceBytes = 512 * 1024;

    /// <summary>A sum alone would wake the reader, who would have to sleep again before the next frame.</summary>
    private const int EndBytes = 4 * 1024;

    private readonly MessageCodec _codec = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FullBytes);

    /// <summary>Bytes that have left, since the beginning.</summary>
    public long Written { get; private set; }

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
    /// leaves at once, with all that came before it, but for its end.
    /// </summary>
    /// <exception cref="ArgumentException">An envelope that cannot travel; nothing of it was written.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AddAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var payload = (ReadOnlyMemory<byte>)envelope.Tensor.Bytes;
        AppendHead(envelope, payload.Length, isPlaced: false);
        if (payload.Length > SmallBytes)
        {
            await AddLargeAsync(payload, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (payload.Length > 0)
        {
            AppendEnd(Crc32C.Start, payload.Span);
        }

        if (_buffer.WrittenCount >= FullBytes)
        {
            await SendAsync(cancellationToken).ConfigureAwait(false);
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
        AppendHead(envelope, payload.Length, isPlaced: true);
        AppendEnd(Crc32C.Start, payload);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AddLargeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        // A header alone would wake the reader, who then had to sleep again until the tensor comes.
        var there = Math.Min(payload.Length, FullBytes);
        var register = Crc32C.Append(Crc32C.Start, payload.Span[..there]);
        _buffer.Write(payload.Span[..there]);
        await SendAsync(cancellationToken).ConfigureAwait(false);
        while (payload.Length - there > EndBytes)
        {
            var piece = payload.Slice(there, Math.Min(PieceBytes, payload.Length - there - EndBytes));
            register = Crc32C.Append(register, piece.Span);
            await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            there += piece.Length;
            Written += piece.Length;
        }

        AppendEnd(register, payload.Span[there..]);
    }

    /// <summary>The rest of a payload, and its sum.</summary>
    private void AppendEnd(uint register, ReadOnlySpan<byte> rest)
    {
        _buffer.Write(rest);
        Prologue.WritePayloadSum(Crc32C.Append(register, rest), _buffer.GetSpan(Prologue.PayloadSumSize));
        _buffer.Advance(Prologue.PayloadSumSize);
    }

    private void AppendHead(Envelope envelope, int payloadBytes, bool isPlaced)
    {
        var bytes = Prologue.Size + _codec.Prepare(envelope);
        var frame = _buffer.GetSpan(bytes)[..bytes];
        _codec.WriteTo(frame[Prologue.Size..]);
        Prologue.Write(frame, payloadBytes, isPlaced);
        _buffer.Advance(bytes);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount > 0)
        {
            await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            Written += _buffer.WrittenCount;
            _buffer.ResetWrittenCount();
        }
    }
}
