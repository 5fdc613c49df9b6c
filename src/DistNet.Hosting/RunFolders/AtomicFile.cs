namespace DistNet.Hosting;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>How names end of files that are being written.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>
    /// Writes under a temporary name in the same folder, flushes to the disk, then renames. A crash on the way leaves the
    /// old file, and at worst a file ending in <see cref="Unfinished"/> that nothing reads.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + Unfinished;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public static void Write(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
