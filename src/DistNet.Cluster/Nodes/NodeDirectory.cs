using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>A directory that one node has for itself, as long as it lives; the system ends its claim with the process.</summary>
public sealed class NodeDirectory : IDisposable
{
    private const int MostTried = 1000;

    private readonly FileStream _lock;

    private NodeDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <exception cref="UsageException">Another node has it, or it cannot be made.</exception>
    public static NodeDirectory Claim(string path) =>
        TryClaim(path) ?? throw new UsageException($"--dir: another node uses {path}; every node needs a directory of its own");

    /// <summary>The first of path, path-2, path-3 and so on that no node has.</summary>
    public static NodeDirectory ClaimFree(string path)
    {
        for (var n = 1; n <= MostTried; n++)
        {
            if (TryClaim(n == 1 ? path : FormattableString.Invariant($"{path}-{n}")) is { } claimed)
            {
                return claimed;
            }
        }

        throw new UsageException($"--dir: {MostTried} nodes use {path} and those beside it");
    }

    public void Dispose() => _lock.Dispose();

    private static NodeDirectory? TryClaim(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var held = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new NodeDirectory(System.IO.Path.GetFullPath(path), held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UsageException($"--dir: cannot use {path}: {e.Message}");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
