using System.Globalization;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// The folder of one run: config.json, model.json, metrics.jsonl, checkpoints/, manifest.json, and initial.safetensors where weights were given. Knows the
/// paths and the first two, which never change; checkpoints are <see cref="CheckpointFolder"/>'s.
/// </summary>
public sealed class RunFolder
{
    public const string ConfigName = "config.json";
    public const string ModelName = "model.json";

    public const string InitialName = "initial.safetensors";

    /// <summary>Of a comparison's folder too.</summary>
    public const string CommandName = "command.txt";

    private RunFolder(string path) => Root = path;

    public string Root { get; }

    public string ConfigPath => Path.Combine(Root, ConfigName);

    public string ModelPath => Path.Combine(Root, ModelName);

    /// <summary>The weights that the run was given to start from, where it was.</summary>
    public string InitialPath => Path.Combine(Root, InitialName);

    public string MetricsPath => Path.Combine(Root, "metrics.jsonl");

    public string ServiceTimesPath => Path.Combine(Root, ServiceTimesFile.Name);

    public string TimelinePath => Path.Combine(Root, TimelineFile.Name);

    /// <summary>The result as JSON; there once the run has ended in good order.</summary>
    public string ResultPath => Path.Combine(Root, "result.json");

    /// <summary>What the latest replay came to; not there where there was none.</summary>
    public string ReplayPath => Path.Combine(Root, "replay.json");

    public string EnvironmentPath => Path.Combine(Root, RunEnvironment.FileName);

    /// <summary>The command that the run was asked for with, a line for each start; not there where nobody typed one.</summary>
    public string CommandPath => Path.Combine(Root, CommandName);

    public string UpdatesPath => Path.Combine(Root, UpdateLogFile.Name);

    public string ManifestPath => Path.Combine(Root, "manifest.json");

    public string CheckpointsPath => Path.Combine(Root, "checkpoints");

    /// <summary>Names of all its files, relative to it, with '/'. Not those that are being written.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(AtomicFile.Unfinished, StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))];

    /// <summary>
    /// Makes the folder of a new run and stores its configuration. Throws <see cref="UsageException"/> when <c>--out</c>
    /// names a folder that holds something, or cannot be made.
    /// </summary>
    /// <param name="options">The run's options; Out null puts it under runs/.</param>
    /// <param name="name">Short name of the run for its default folder.</param>
    /// <param name="now">Local time for its default folder.</param>
    public static RunFolder Create(TrainingOptions options, string name, DateTime now) =>
        CreateAt(options, options.Out ?? PathFor("runs", name, now));

    /// <summary>Where the folder of a run that begins now goes, unless it is told.</summary>
    /// <param name="parent">The folder of run folders.</param>
    /// <param name="name">Short name of the run.</param>
    /// <param name="now">Local time.</param>
    public static string PathFor(string parent, string name, DateTime now) =>
        FreePath(Path.Combine(parent, $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{name}"));

    /// <summary>That path, or, where something is there, the first of path-2, path-3 and so on where nothing is.</summary>
    public static string FreePath(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? path : Invariant($"{path}-{n}")).First(free => !Path.Exists(free));

    /// <summary>The same at a given path.</summary>
    public static RunFolder CreateAt(TrainingOptions options, string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new UsageException($"--out: {path} is not an empty folder; name a new one, or go on with its run by --resume {path}");
        }

        try
        {
            var folder = new RunFolder(path);
            Directory.CreateDirectory(folder.CheckpointsPath);
            AtomicFile.Write(folder.ConfigPath, EffectiveConfig.ToJson(options));
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out: cannot make {path}: {e.Message}");
        }
    }

    /// <summary>An existing run's folder. Throws <see cref="RunFolderException"/> when it is none.</summary>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.ConfigPath)
            ? folder
            : throw new RunFolderException($"{path} is not a run folder: it has no {ConfigName}");
    }

    /// <summary>Where a file of that name is in a run folder; null: it would be outside.</summary>
    public static string? PathIn(string root, string file)
    {
        var folder = Path.GetFullPath(root) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(folder, file));
        return path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length ? path : null;
    }

    /// <summary>The run's options as stored.</summary>
    public TrainingOptions ReadConfig() => TrainingOptionsLoader.LoadStored(ConfigPath);

    /// <summary>Stores what a run came to, and where it was made: for the report.</summary>
    public void WriteResult(TrainingResult result)
    {
        AtomicFile.Write(ResultPath, result.ToJson());
        AtomicFile.Write(EnvironmentPath, RunEnvironment.Current(probes: false).ToJson());
    }

    /// <summary>The run goes on: what an earlier end of it came to is true no more.</summary>
    public void ForgetEnd()
    {
        File.Delete(ResultPath);
        File.Delete(ReplayPath);
    }

    /// <summary>Stores what the network was trained on, once, before the first checkpoint.</summary>
    public void WriteModel(ModelDescription model) => AtomicFile.Write(ModelPath, model.ToJson());

    public ModelDescription ReadModel() => ModelDescription.Read(ModelPath);
}
