using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>The folder of something that makes several runs.</summary>
internal static class NewFolder
{
    /// <param name="path">Of a folder that is not there yet, or is empty.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UsageException">It holds something, or cannot be made.</exception>
    public static void Make(string path, string option)
    {
        if (Path.Exists(path) && (File.Exists(path) || Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new UsageException($"{option}: {path} is not an empty folder; name a new one");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: cannot make {path}: {e.Message}");
        }
    }
}
