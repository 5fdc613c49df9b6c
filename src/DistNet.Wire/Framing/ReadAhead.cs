using System.Runtime.CompilerServices;

namespace DistNet.Wire;

/// <summary>
/// A small buffer before a stream, for prologues and headers: frames that arrive together are read together. Reads little beyond
/// what is asked for, because what it reads of a payload has to be copied.
/// </summary>
internal sealed class ReadAhead(Stream stream)
{
    private const int AheadBytes = 4096;

    private byte[] _buffer = new byte[AheadBytes];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    public int Count => _end - _start;

    /// <summary>Unread bytes are read.</summary>
    public void Skip(int count) => _start += count;

    /// <summary>Waits until so many bytes are unread; false when the stream ends before.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (Count < count)
        {
            MakeRoom(count);
            var wanted = Math.Min(_buffer.Length - _end, Math.Max(count - Count, AheadBytes));
            var read = await stream.ReadAsync(_buffer.AsMemory(_end, wanted), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    /// <summary>
    /// Makes room behind what is unread. The buffer doubles only when it is full, so that nobody is given memory for what he announced.
    /// </summary>
    private void MakeRoom(int count)
    {
        if (Count == _buffer.Length)
        {
            MoveTo(new byte[Math.Min(count, 2 * _buffer.Length)]);
        }
        else if (_start > 0)
        {
            MoveTo(_buffer);
        }
    }

    private void MoveTo(byte[] target)
    {
        Unread.CopyTo(target);
        (_start, _end, _buffer) = (0, Count, target);
    }
}
