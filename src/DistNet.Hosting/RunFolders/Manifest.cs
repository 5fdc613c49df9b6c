using System.Security.Cryptography;
using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>
/// The SHA-256 of every file of a run that must not change, by its path inside the run folder with slashes. Written
/// last, so that whatever it lists is complete.
/// </summary>
internal static class Manifest
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static void Write(string path, SortedDictionary<string, string> files) =>
        AtomicFile.Write(path, JsonSerializer.Serialize(files, Json));

    /// <summary>Throws <see cref="RunFolderException"/> when there is none or it cannot be read.</summary>
    public static SortedDictionary<string, string> Read(string path)
    {
        try
        {
            var files = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path));
            return new(files ?? throw new JsonException("it is null"), StringComparer.Ordinal);
        }
        catch (FileNotFoundException e)
        {
            throw new RunFolderException($"there is no checkpoint yet: {path} does not exist", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }
    }

    public static string HashOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
