using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>Reads back what <see cref="MetricsWriter"/> wrote.</summary>
public static class MetricsReader
{
    /// <summary>The epochs of a run, in order; a torn last line is passed over.</summary>
    /// <exception cref="RunFolderException">The file is not there or cannot be read.</exception>
    public static IReadOnlyList<EpochReport> Epochs(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Select(EpochIn).OfType<EpochReport>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>The steps of a run that was asked to record them, in order; else none.</summary>
    /// <exception cref="RunFolderException">The file is not there or cannot be read.</exception>
    public static IReadOnlyList<StepReport> Steps(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Select(StepIn).OfType<StepReport>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }
    }

    private static StepReport? StepIn(string line)
    {
        if (line.StartsWith("{\"epoch\"", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<StepReport>(line, MetricsWriter.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null: a step's line, or torn.</summary>
    private static EpochReport? EpochIn(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("epoch", out _) ? json.Deserialize<EpochReport>(MetricsWriter.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
