using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>Reads a run folder for its report. What is not there or cannot be read is noted and left out.</summary>
internal sealed class RunMaterialReader
{
    private readonly List<string> _missing = [];

    /// <param name="folder">The run folder.</param>
    /// <param name="dataRoot">Where relative paths of data begin; null: in the current folder.</param>
    /// <exception cref="RunFolderException">Its configuration cannot be read.</exception>
    public static RunMaterial Read(RunFolder folder, string? dataRoot = null)
    {
        var reader = new RunMaterialReader();
        var run = reader.ReadFiles(folder);
        return run.Model is null ? run : run with { Exam = reader.Try("the network's predictions", () => NetworkExam.Hold(folder, run.Options, dataRoot)) };
    }

    /// <summary>The same without asking the network, for which its data would have to be read.</summary>
    /// <exception cref="RunFolderException">Its configuration cannot be read.</exception>
    public static RunMaterial ReadRun(RunFolder folder) => new RunMaterialReader().ReadFiles(folder);

    private RunMaterial ReadFiles(RunFolder folder)
    {
        var options = ReadOptions(folder);
        var model = File.Exists(folder.ModelPath) ? Try("model.json", folder.ReadModel) : null;
        return new RunMaterial
        {
            Folder = folder,
            Options = options,
            Model = model,
            Epochs = Try("metrics.jsonl", () => MetricsReader.Epochs(folder.MetricsPath)) ?? [],
            Steps = options.RecordSteps && File.Exists(folder.MetricsPath) ? Try("metrics.jsonl", () => MetricsReader.Steps(folder.MetricsPath)) ?? [] : [],
            Result = Text(folder.ResultPath, TrainingResult.Parse),
            Environment = Text(folder.EnvironmentPath, RunEnvironment.Parse),
            Replay = File.Exists(folder.ReplayPath) ? Text(folder.ReplayPath, ReplayResult.Parse) : null,
            Command = File.Exists(folder.CommandPath) ? Text(folder.CommandPath, text => text.Trim()) : null,
            Timeline = Try(TimelineFile.Name, () => TimelineFile.Read(folder.TimelinePath)) ?? [],
            Missing = _missing,
        };
    }

    private static TrainingOptions ReadOptions(RunFolder folder)
    {
        try
        {
            return folder.ReadConfig();
        }
        catch (UsageException e)
        {
            throw new RunFolderException($"cannot read {folder.ConfigPath}: {e.Message}", e);
        }
    }

    private T? Text<T>(string path, Func<string, T> parse)
        where T : class => Try(Path.GetFileName(path), () => parse(File.ReadAllText(path)));

    private T? Try<T>(string what, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or RunFolderException { InnerException: FileNotFoundException })
        {
            _missing.Add($"{what}: not there; the run is of an older version, or did not come to its end");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunFolderException or UsageException or JsonException or FormatException)
        {
            _missing.Add($"{what}: {e.Message.Split('\n')[0].TrimEnd()}");
        }

        return null;
    }
}
