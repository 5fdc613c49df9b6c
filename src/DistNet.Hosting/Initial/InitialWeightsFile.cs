using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// A run's own copy of the weights that it was given, initial.safetensors in its folder, under a checkpoint's names: so that it can go on, and be
/// repeated, when the file that they came from is gone.
/// </summary>
public static class InitialWeightsFile
{
    /// <summary>Stores them once, before the first checkpoint; nothing where none were given.</summary>
    public static void Write(RunFolder folder, ParameterLayout layout, InitialWeights? initial)
    {
        if (initial is not null)
        {
            AtomicFile.Write(folder.InitialPath, stream => Write(stream, layout, initial.Parameters));
        }
    }

    /// <summary>The same for a folder that is elsewhere.</summary>
    public static void Write(Stream copy, ParameterLayout layout, ReadOnlyMemory<float> parameters) =>
        SafeTensorsWriter.Write(copy, CheckpointCodec.EncodeWeights(layout, parameters.Span));

    /// <summary>What a run that goes on needs of it: nothing where the copy was lost, with its coordinator's disk, and there is a checkpoint.</summary>
    /// <exception cref="RunFolderException">It is missing, or was altered.</exception>
    public static InitialWeights? Find(RunFolder folder, TrainingOptions options, ParameterLayout layout) =>
        options.InitFrom is null || (!File.Exists(folder.InitialPath) && File.Exists(folder.ManifestPath)) ? null : Read(folder, options, layout);

    /// <summary>What a run began with; null: it made its own weights.</summary>
    /// <exception cref="RunFolderException">It is missing, or was altered.</exception>
    public static InitialWeights? Read(RunFolder folder, TrainingOptions options, ParameterLayout layout)
    {
        if (options.InitFrom is null)
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(folder.InitialPath);
            return Read(file, options, layout);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException(
                $"cannot read the weights that the run started from: {e.Message} (restore {RunFolder.InitialName}, or begin a new run with --init-from {options.InitFrom})", e);
        }
        catch (UsageException e)
        {
            throw new RunFolderException($"{folder.InitialPath} is not what the run started from: {e.Message}", e);
        }
    }

    /// <summary>The same from a run's folder that is elsewhere.</summary>
    /// <exception cref="UsageException">They are not those that the run's options name.</exception>
    public static InitialWeights Read(Stream copy, TrainingOptions options, ParameterLayout layout) =>
        InitialWeights.Read(copy, options with { InitFrom = RunFolder.InitialName }, layout);
}
