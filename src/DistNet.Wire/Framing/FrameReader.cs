using System.Runtime.CompilerServices;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>
/// Reads frames from a stream. A payload is read straight into its tensor's memory, but for the little that came with the header; small
/// frames that arrive together are read together. Nothing is allocated for a frame before its lengths and counts are within the limits,
/// and nothing at all for a message without lists once pools are warm. One read at a time; the stream is the caller's.
/// </summary>
/// <param name="stream">Where frames come from.</param>
/// <param name="pool">Lends the tensors.</param>
/// <param name="limits">What is accepted.</param>
public sealed class FrameReader(Stream stream, TensorPool pool, FrameLimits limits)
{
    private readonly MessageCodec _codec = new();
    private readonly ReadAhead _ahead = new(stream);
    private bool _isSpent;

    /// <summary>Memory shared with the sender; null: none, and a frame that names a place in it is refused.</summary>
    public ITensorPlaces? Places { get; set; }

    /// <summary>Bytes of the frames read, since the beginning.</summary>
    public long Taken { get; private set; }

    /// <summary>Bytes of tensors that were not in frames, but in shared memory.</summary>
    public long TakenInPlace { get; private set; }

    /// <summary>
    /// The next message, or null where the stream ends between two frames. The envelope is the caller's to recycle, its tensor the
    /// caller's to release. After any exception the reader is spent, because nobody knows where the next frame begins.
    /// </summary>
    /// <exception cref="WireException">The frame is not one, or is over a limit, or the stream ends within it. No tensor is held.</exception>
    /// <exception cref="OperationCanceledException">As asked for. No tensor is held.</exception>
    /// <exception cref="InvalidOperationException">An earlier read failed.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Envelope?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isSpent)
        {
            throw new InvalidOperationException("An earlier read failed; there is nothing to go on from.");
        }

        _isSpent = true;
        Envelope? envelope = null;
        if (await BeginsAsync(cancellationToken).ConfigureAwait(false))
        {
            envelope = await ReadFrameAsync(Prologue.Read(_ahead.Unread, limits), cancellationToken).ConfigureAwait(false);
        }

        _isSpent = false;
        return envelope;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> BeginsAsync(CancellationToken cancellationToken)
    {
        if (await _ahead.FillAsync(Prologue.Size, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return _ahead.Count == 0 ? false : throw EndedWithin("prologue", _ahead.Count, Prologue.Size);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Envelope> ReadFrameAsync(Prologue prologue, CancellationToken cancellationToken)
    {
        var headBytes = Prologue.Size + prologue.HeaderBytes;
        if (!await _ahead.FillAsync(headBytes, cancellationToken).ConfigureAwait(false))
        {
            throw EndedWithin("header", _ahead.Count - Prologue.Size, prologue.HeaderBytes);
        }

        prologue.VerifyHead(_ahead.Unread[..headBytes]);
        var parts = PartsOf(prologue, headBytes);
        if (prologue.PayloadBytes == 0)
        {
            return Complete(headBytes, parts, default, headBytes);
        }

        if (prologue.IsPlaced)
        {
            await FillPayloadAsync(headBytes, TensorPlace.Size, TensorPlace.Size, cancellationToken).ConfigureAwait(false);
            return ReadPlaced(headBytes, parts);
        }

        var tensor = pool.Rent(prologue.PayloadBytes / sizeof(float));
        try
        {
            var early = await ReadPayloadAsync(headBytes, tensor.Bytes, cancellationToken).ConfigureAwait(false);
            Taken += prologue.PayloadBytes - early;
            return Complete(headBytes, parts, tensor.All, headBytes + early + Prologue.PayloadSumSize);
        }
        catch
        {
            tensor.Release();
            throw;
        }
    }

    private Envelope ReadPlaced(int headBytes, in HeaderParts parts)
    {
        var payload = _ahead.Unread.Slice(headBytes, TensorPlace.Size);
        var end = headBytes + TensorPlace.Size;
        Prologue.VerifyPayload(Crc32C.Append(Crc32C.Start, payload), _ahead.Unread[end..]);
        var tensor = TakePlace(TensorPlace.Read(payload));
        try
        {
            TakenInPlace += (long)tensor.Length * sizeof(float);
            return Complete(headBytes, parts, tensor, end + Prologue.PayloadSumSize);
        }
        catch
        {
            tensor.Release();
            throw;
        }
    }

    private Envelope Complete(int headBytes, in HeaderParts parts, TensorSlice tensor, int bytes)
    {
        var envelope = _codec.Read(HeaderOf(headBytes), parts, tensor);
        _ahead.Skip(bytes);
        Taken += bytes;
        return envelope;
    }

    private TensorSlice TakePlace(in TensorPlace place)
    {
        if (Places is null)
        {
            throw new WireException("A frame's tensor is said to be in shared memory; there is none.");
        }

        return place.Length > 0 && place.Length <= limits.MaxPayloadBytes / sizeof(float)
            ? Places.Take(place)
            : throw new WireException($"A frame's tensor in shared memory has {place.Length} values; the limit is {limits.MaxPayloadBytes / sizeof(float)}.");
    }

    /// <summary>Fills the payload and verifies its sum; how many bytes of it are in the buffer, behind the header.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadPayloadAsync(int headBytes, Memory<byte> payload, CancellationToken cancellationToken)
    {
        var early = Math.Min(_ahead.Count - headBytes, payload.Length);
        _ahead.Unread.Slice(headBytes, early).CopyTo(payload.Span);
        var register = Crc32C.Append(Crc32C.Start, payload.Span[..early]);
        for (var there = early; there < payload.Length;)
        {
            var read = await stream.ReadAsync(payload[there..], cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw EndedWithin("payload", there, payload.Length);
            }

            // Summed as it comes, while it is in the cache.
            register = Crc32C.Append(register, payload.Span.Slice(there, read));
            there += read;
        }

        await FillPayloadAsync(headBytes, early, payload.Length, cancellationToken).ConfigureAwait(false);
        Prologue.VerifyPayload(register, _ahead.Unread[(headBytes + early)..]);
        return early;
    }

    /// <summary>Waits until the end of the payload, as far as it goes through the buffer, and its sum are there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillPayloadAsync(int headBytes, int buffered, int whole, CancellationToken cancellationToken)
    {
        if (!await _ahead.FillAsync(headBytes + buffered + Prologue.PayloadSumSize, cancellationToken).ConfigureAwait(false))
        {
            var there = _ahead.Count - headBytes;
            throw there < buffered ? EndedWithin("payload", there, whole) : EndedWithin("payload's sum", there - buffered, Prologue.PayloadSumSize);
        }
    }

    private HeaderParts PartsOf(in Prologue prologue, int headBytes)
    {
        var parts = HeaderShape.Check(HeaderOf(headBytes), limits);
        var codec = _codec.CodecOf(parts);
        if (codec.CarriesTensor != prologue.PayloadBytes > 0)
        {
            throw new WireException(codec.CarriesTensor
                ? $"{codec.Name} came without its tensor."
                : $"{codec.Name} came with a payload of {prologue.PayloadBytes} bytes; it has no tensor.");
        }

        return parts;
    }

    private ReadOnlySpan<byte> HeaderOf(int headBytes) => _ahead.Unread[Prologue.Size..headBytes];

    private static WireException EndedWithin(string part, int there, int whole) =>
        new($"The stream ended inside a frame: {there} of {whole} bytes of its {part} came.");
}
