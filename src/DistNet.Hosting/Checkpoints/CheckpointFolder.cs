using System.Globalization;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// The checkpoints of a run. A checkpoint counts once the manifest lists it with its SHA-256; what is torn, altered or
/// missing is noticed by that and the previous one is used. Not for several threads.
/// </summary>
public sealed class CheckpointFolder(RunFolder folder) : ICheckpoints
{
    private const string Extension = ".safetensors";

    /// <summary>Checkpoints kept.</summary>
    public const int Kept = 3;

    /// <summary>Stores a checkpoint, lists it, then removes those that are no longer needed.</summary>
    public void Write(CheckpointContent content)
    {
        var path = Path.Combine(folder.CheckpointsPath, FileName(content.Version));
        var files = File.Exists(folder.ManifestPath) ? Manifest.Read(folder.ManifestPath) : new(StringComparer.Ordinal);

        // Later versions are left from before a resume that fell back; their lineage has ended.
        var kept = VersionsIn(files).Where(version => version < content.Version).Take(Kept - 1).ToArray();
        var listed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var version in kept)
        {
            listed[KeyOf(version)] = files[KeyOf(version)];
        }

        listed[KeyOf(content.Version)] = WriteHashed(path, CheckpointCodec.Encode(content));
        AddFixedFiles(files, listed);
        Manifest.Write(folder.ManifestPath, listed);
        RemoveAllBut(listed);
    }

    /// <summary>
    /// The run is over: lists its metrics as they are now. They grow while a run goes on, so that nothing holds them to their hash.
    /// </summary>
    public void ListMetrics()
    {
        if (File.Exists(folder.ManifestPath) && File.Exists(folder.MetricsPath))
        {
            var files = Manifest.Read(folder.ManifestPath);
            files[Path.GetFileName(folder.MetricsPath)] = Manifest.HashOf(folder.MetricsPath);
            Manifest.Write(folder.ManifestPath, files);
        }
    }

    /// <summary>
    /// The latest good checkpoint. Throws <see cref="RunFolderException"/> when there is none, when config.json,
    /// model.json or initial.safetensors was altered, or when it is of another network than <paramref name="layout"/>.
    /// </summary>
    public CheckpointReading ReadLatest(ParameterLayout layout)
    {
        var files = Manifest.Read(folder.ManifestPath);
        RequireUnaltered(files);
        var warnings = new List<string>();
        foreach (var version in VersionsIn(files))
        {
            var path = Path.Combine(folder.CheckpointsPath, FileName(version));
            if (TryRead(path, files[KeyOf(version)], layout, out var problem) is { } content)
            {
                return new CheckpointReading(content, warnings);
            }

            warnings.Add($"{path} {problem}; the checkpoint before it is used");
        }

        throw new RunFolderException($"{folder.Root} has no good checkpoint: all {warnings.Count} listed in its manifest are damaged or missing");
    }

    private static CheckpointContent? TryRead(string path, string hash, ParameterLayout layout, out string problem)
    {
        problem = "";
        try
        {
            if (Manifest.HashOf(path) == hash)
            {
                using var stream = File.OpenRead(path);
                return CheckpointCodec.Decode(SafeTensorsReader.Read(stream), layout);
            }

            problem = "is damaged: its SHA-256 is not the manifest's";
        }
        catch (FileNotFoundException)
        {
            problem = "is missing";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problem = $"cannot be read: {e.Message}";
        }

        return null;
    }

    private static string WriteHashed(string path, List<SafeTensor> tensors)
    {
        byte[] hash = [];
        AtomicFile.Write(path, stream => hash = HashedStream.Write(stream, hashed => SafeTensorsWriter.Write(hashed, tensors)));
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Files that never change keep the hash of their first listing: altering one later is noticed.</summary>
    private void AddFixedFiles(SortedDictionary<string, string> before, SortedDictionary<string, string> listed)
    {
        foreach (var name in FixedFiles)
        {
            if (before.TryGetValue(name, out var hash))
            {
                listed[name] = hash;
            }
            else if (File.Exists(Path.Combine(folder.Root, name)))
            {
                listed[name] = Manifest.HashOf(Path.Combine(folder.Root, name));
            }
        }
    }

    private void RequireUnaltered(SortedDictionary<string, string> files)
    {
        foreach (var name in FixedFiles.Where(files.ContainsKey))
        {
            var path = Path.Combine(folder.Root, name);
            if (!File.Exists(path) || Manifest.HashOf(path) != files[name])
            {
                throw new RunFolderException($"{path} was altered or removed since the run wrote it: its SHA-256 is not the manifest's");
            }
        }
    }

    private void RemoveAllBut(SortedDictionary<string, string> listed)
    {
        foreach (var path in Directory.EnumerateFiles(folder.CheckpointsPath, $"*{Extension}*"))
        {
            if (!listed.ContainsKey($"checkpoints/{Path.GetFileName(path)}"))
            {
                File.Delete(path);
            }
        }
    }

    private static IEnumerable<string> FixedFiles => [RunFolder.ConfigName, RunFolder.ModelName, RunFolder.InitialName];

    private static string FileName(long version) => $"v{version.ToString("D8", CultureInfo.InvariantCulture)}{Extension}";

    private static string KeyOf(long version) => $"checkpoints/{FileName(version)}";

    /// <summary>Versions listed, the latest first.</summary>
    private static IEnumerable<long> VersionsIn(SortedDictionary<string, string> files) => files.Keys
        .Where(key => key.EndsWith(Extension, StringComparison.Ordinal))
        .Select(key => long.TryParse(Path.GetFileNameWithoutExtension(key)[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1)
        .Where(version => version >= 0)
        .OrderDescending();
}
