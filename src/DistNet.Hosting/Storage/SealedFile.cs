using System.Security.Cryptography;

namespace DistNet.Hosting;

/// <summary>Files that end with the SHA-256 of what is before it: what is torn or altered is found, and is as if it were not there.</summary>
internal static class SealedFile
{
    public static void Write(string path, Action<Stream> write) =>
        AtomicFile.Write(path, stream => stream.Write(HashedStream.Write(stream, write)));

    /// <summary>The content; null where there is none that is whole.</summary>
    public static MemoryStream? Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var length = bytes.Length - SHA256.HashSizeInBytes;
            return length >= 0 && SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))
                ? new MemoryStream(bytes, 0, length)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
