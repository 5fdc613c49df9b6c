namespace DistNet.Wire.Tests;

/// <summary>Hands out bytes in pieces of given sizes, over and over, and says what was asked of it.</summary>
internal sealed unsafe class PiecesStream(byte[] bytes, params int[] pieces) : Stream
{
    private int _position;

    /// <summary>Reads so far, those at the end included.</summary>
    public int Reads { get; private set; }

    /// <summary>Address and length of the memory that the longest read filled.</summary>
    public (nint Address, int Length) LongestRead { get; private set; }

    /// <summary>Called before a read; may cancel or throw.</summary>
    public Action<int>? BeforeRead { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        BeforeRead?.Invoke(Reads);
        cancellationToken.ThrowIfCancellationRequested();
        var piece = pieces.Length == 0 ? int.MaxValue : pieces[Reads % pieces.Length];
        Reads++;

        // At the end a reader has nothing to come back for; one that does would do so for ever.
        if (Reads > bytes.Length + 10)
        {
            throw new InvalidOperationException("More reads than bytes.");
        }

        var count = Math.Min(Math.Min(piece, buffer.Length), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer.Span);
        _position += count;
        if (count > LongestRead.Length)
        {
            using var pin = buffer.Pin();
            LongestRead = ((nint)pin.Pointer, count);
        }

        return ValueTask.FromResult(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
