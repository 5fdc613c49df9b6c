using System.Security.Cryptography;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>Reads exactly what is asked for and hashes it on the way. The stream is the caller's.</summary>
internal sealed class HashedReader(Stream stream, string source) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    /// <exception cref="DataFormatException">The stream ends before.</exception>
    public void Read(Span<byte> bytes)
    {
        ReadUnhashed(bytes);
        _hash.AppendData(bytes);
    }

    /// <summary>Reads a SHA-256, which must be that of everything read so far.</summary>
    /// <exception cref="DataFormatException">It is another.</exception>
    public void RequireHash()
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        ReadUnhashed(expected);
        if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
        {
            throw new DataFormatException(source, $"was altered on its way: its SHA-256 is not the one at its end");
        }
    }

    public void Dispose() => _hash.Dispose();

    private void ReadUnhashed(Span<byte> bytes)
    {
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _position += count;
        if (count < bytes.Length)
        {
            throw new DataFormatException(source, $"ends after {_position} bytes; expected more");
        }
    }
}
