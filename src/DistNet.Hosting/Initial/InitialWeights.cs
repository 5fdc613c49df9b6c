using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>Weights that a run is given to start from, in place of those that are made of its seed. The optimiser's state starts fresh.</summary>
/// <param name="Parameters">The flat vector, without padding.</param>
/// <param name="Sha256">Its <see cref="WeightsHash"/>: part of the run's identity.</param>
public sealed record InitialWeights(ReadOnlyMemory<float> Parameters, string Sha256)
{
    /// <summary>Those that a run begins with or began with; null: it makes its own.</summary>
    /// <param name="options">The run's. A new run's name the file; one that goes on has its own copy.</param>
    /// <param name="layout">Of its network.</param>
    /// <exception cref="UsageException">The file cannot be used: one line for each reason.</exception>
    /// <exception cref="RunFolderException">The run to go on with has lost them before its first checkpoint, or they were altered.</exception>
    public static InitialWeights? For(TrainingOptions options, ParameterLayout layout)
    {
        if (options.InitFrom is not { } path)
        {
            return null;
        }

        if (options.Resume is { } run)
        {
            return InitialWeightsFile.Find(RunFolder.Open(run), options, layout);
        }

        using var file = Open(path);
        return Read(file, options, layout);
    }

    /// <summary>The file that <c>--init-from</c> names; the caller's to dispose.</summary>
    /// <exception cref="UsageException">It cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Path.Exists(path) ? $"--init-from: cannot read {path}: {e.Message}" : $"--init-from: there is no file {path}");
        }
    }

    /// <summary>A new run's, from a file in safetensors: a checkpoint, an export, or what nn.Sequential saved.</summary>
    /// <param name="file">Seekable.</param>
    /// <param name="options">What the file is called in messages, and the hash that is expected, where one is.</param>
    /// <param name="layout">Of the run's network.</param>
    /// <exception cref="UsageException">It is of another network, or no such file: one line for each reason.</exception>
    public static InitialWeights Read(Stream file, TrainingOptions options, ParameterLayout layout)
    {
        var parameters = new NamedWeights($"--init-from: {options.InitFrom}", layout).Read(file);
        var hash = WeightsHash.Of(layout, parameters);
        return options.InitSha256 is not { } expected || expected == hash
            ? new InitialWeights(parameters, hash)
            : throw new UsageException($"--init-sha256: the weights in {options.InitFrom} have SHA-256 {hash}, not {expected}");
    }
}

/// <summary>Runs that start from given weights, or from their own where there are none.</summary>
public static class InitialWeightsExtensions
{
    /// <summary>The options as the run stores them: with the weights' hash.</summary>
    public static TrainingOptions StartingFrom(this TrainingOptions options, InitialWeights? initial) =>
        initial is null ? options : options with { InitSha256 = initial.Sha256 };

    /// <summary>The plan with version 0 given.</summary>
    public static RunPlan StartingFrom(this RunPlan plan, InitialWeights? initial) =>
        initial is null ? plan : plan with { InitialParameters = initial.Parameters };
}
