using System.Security.Cryptography;

namespace DistNet.Hosting;

/// <summary>Hashing on the way to a file, so that what was written is not read again.</summary>
internal static class HashedStream
{
    /// <summary>Writes to the stream, which stays open; the SHA-256 of what was written.</summary>
    public static byte[] Write(Stream stream, Action<Stream> write)
    {
        using var sha = SHA256.Create();
        using (var hashed = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashed);
        }

        return sha.Hash!;
    }
}
