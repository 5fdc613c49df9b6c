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

    /// <summary>Moves unread bytes to the destination; how many.</summary>
    public int Take(Span<byte> destination)
    {
        var taken = Math.Min(Count, destination.Length);
        Unread[..taken].CopyTo(destination);
        _start += taken;
        return taken;
    }

    /// <summary>The buffer doubles when it is full, so that nobody is given memory for what he only announced.</summary>
    private void MakeRoom(int count)
    {
        var full = Count == _buffer.Length;
        var target = full ? new byte[Math.Min(Math.Max(count, AheadBytes), 2 * _buffer.Length)] : _buffer;
        if (full || _start + count > _buffer.Length || Count == 0)
        {
            Unread.CopyTo(target);
            _end -= _start;
            _start = 0;
            _buffer = target;
        }
    }
}
