using System.Security.Cryptography;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Files of weights that clients have sent for runs to start from, each under its SHA-256, on the coordinator's node.</summary>
/// <param name="directory">Where they are kept until a run has begun.</param>
internal sealed class SentWeights(string directory)
{
    private const int HashLength = 64;

    /// <exception cref="UsageException">What came is not what was promised.</exception>
    public void Receive(string sha256, Action<Stream> write)
    {
        var path = PathOf(sha256);
        Directory.CreateDirectory(directory);
        AtomicFile.Write(path, write);
        using (var file = File.OpenRead(path))
        {
            if (Convert.ToHexStringLower(SHA256.HashData(file)) == sha256)
            {
                return;
            }
        }

        File.Delete(path);
        throw new UsageException("--init-from: the file did not arrive as it was sent; try again");
    }

    /// <summary>One of them; the caller's to dispose.</summary>
    /// <exception cref="UsageException">It has not come.</exception>
    public FileStream Open(string? sha256) => sha256 is not null && File.Exists(PathOf(sha256))
        ? File.OpenRead(PathOf(sha256))
        : throw new UsageException("--init-from: the weights were not sent with the run; start it with this version of distnet");

    /// <summary>A run has begun, and has a copy of its own. Others may be on their way here; and one that cannot be deleted does no harm.</summary>
    public void Remove(string sha256)
    {
        try
        {
            File.Delete(PathOf(sha256));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is found again by its hash, or overwritten.
        }
    }

    private string PathOf(string sha256) => sha256.Length == HashLength && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(directory, sha256)
        : throw new UsageException("--init-from: what was sent has no SHA-256");
}
