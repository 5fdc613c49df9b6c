namespace DistNet.Hosting;

/// <summary>The files of a <see cref="NodeStorage"/>, for those who damage them.</summary>
public static class StoredFiles
{
    /// <summary>How the names of records end.</summary>
    internal const string Record = ".record";

    /// <summary>How the names of cuts end.</summary>
    internal const string Cut = ".cut";

    /// <summary>
    /// Cuts the newest stored item of a kind short, to half of what it was, as a disk may that was not given the time to write it.
    /// </summary>
    /// <param name="directory">Of a node, or of one run's state in it.</param>
    /// <param name="item">Of which kind.</param>
    /// <returns>The file; null: there is none.</returns>
    public static string? Tear(string directory, TornItem item)
    {
        var newest = Directory.Exists(directory)
            ? new DirectoryInfo(directory).EnumerateFiles("*" + (item == TornItem.Record ? Record : Cut), SearchOption.AllDirectories).MaxBy(file => (file.LastWriteTimeUtc, file.Name))
            : null;
        if (newest is not null)
        {
            using var stream = newest.OpenWrite();
            stream.SetLength(stream.Length / 2);
        }

        return newest?.FullName;
    }
}
