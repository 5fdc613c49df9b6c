using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>Samples to predict from a file, CSV or IDX by what it holds. What is wrong with it is a <see cref="UsageException"/>.</summary>
internal static class PredictionInput
{
    /// <summary>Unscaled samples without labels. A table may have a class's column besides the features; it is passed over.</summary>
    /// <param name="path">Read whole, so that it may be a pipe.</param>
    /// <param name="model">What the samples should be like.</param>
    /// <param name="options">How a table is read: as the run's.</param>
    public static DataSet Read(string path, ModelDescription model, TrainingOptions options)
    {
        var content = ReadContent(path);
        return DataLoader.Explain(() => IsIdx(content)
            ? IdxDataSet.ReadUnlabelled(new MemoryStream(content), path, path, model.ClassNames)
            : ReadTable(content, path, model, options));
    }

    private static DataSet ReadTable(byte[] content, string path, ModelDescription model, TrainingOptions options)
    {
        using var reader = new StreamReader(new MemoryStream(content));
        return CsvDataSet.ReadUnlabelled(reader, path, path, model.Features, new CsvOptions(options.Label, options.Header, model.ClassNames));
    }

    /// <summary>IDX begins with two zero bytes, which no table does; gzip with its own two.</summary>
    private static bool IsIdx(ReadOnlySpan<byte> content) => content is [0, 0, ..] or [0x1F, 0x8B, ..];

    private static byte[] ReadContent(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(Directory.Exists(path) ? $"--input: {path} is a folder, not a file" : $"--input: there is no file {path}");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--input: cannot read {path}: {e.Message}");
        }
    }
}
