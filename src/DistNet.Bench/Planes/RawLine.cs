using System.Buffers.Binary;
using System.Net.Sockets;

namespace DistNet.Bench;

/// <summary>
/// A raw socket: what is the most that two processes can exchange. One side says how many bytes come, and how many are to come back;
/// both write and read a megabyte at a time, and nobody looks at them.
/// </summary>
internal sealed class RawLine(Socket socket) : IDisposable
{
    private const int Step = 1 << 20;
    private const int HeadBytes = 2 * sizeof(long);

    private readonly byte[] _buffer = new byte[Step];

    /// <summary>Sends so many bytes and waits for so many (at least one).</summary>
    public void Ask(long send, long receive)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt64LittleEndian(head, send);
        BinaryPrimitives.WriteInt64LittleEndian(head[sizeof(long)..], receive);
        Write(head);
        Write(send);
        Read(receive);
    }

    /// <summary>Answers until the other side has gone.</summary>
    public void Serve()
    {
        var head = new byte[HeadBytes];
        while (TryRead(head))
        {
            Read(BinaryPrimitives.ReadInt64LittleEndian(head));
            Write(BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(sizeof(long))));
        }
    }

    public void Dispose() => socket.Dispose();

    private void Write(long bytes)
    {
        for (; bytes > 0; bytes -= Step)
        {
            Write(_buffer.AsSpan(0, (int)Math.Min(bytes, Step)));
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    private void Read(long bytes)
    {
        while (bytes > 0)
        {
            var read = socket.Receive(_buffer.AsSpan(0, (int)Math.Min(bytes, Step)));
            bytes -= read > 0 ? read : throw new IOException("The other side has gone.");
        }
    }

    private bool TryRead(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = socket.Receive(bytes);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
        }

        return true;
    }
}
