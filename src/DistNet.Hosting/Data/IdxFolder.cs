using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// A folder with the four files of an IDX data set: train-images*, train-labels*, and the same beginning with t10k- or test-, each
/// gzip-compressed or not.
/// </summary>
internal sealed class IdxFolder
{
    private static readonly string[] TestPrefixes = ["t10k", "test"];

    private readonly string _path;

    public IdxFolder(string path)
    {
        _path = path;
        if (!Directory.Exists(path))
        {
            throw new UsageException($"--data: there is no folder {path}; idx:DIR names a folder with train-images*, train-labels*, t10k-images* (or test-images*) and t10k-labels*");
        }
    }

    public DataSet ReadTrain(string name, IReadOnlyList<string>? classNames) => Read("train", name, classNames);

    /// <summary>Null where the folder has no test files.</summary>
    public DataSet? ReadTest(string name, IReadOnlyList<string> classNames) =>
        TestPrefixes.FirstOrDefault(prefix => Find($"{prefix}-images") is not null) is { } found ? Read(found, name, classNames) : null;

    private DataSet Read(string prefix, string name, IReadOnlyList<string>? classNames)
    {
        var images = Require($"{prefix}-images");
        var labels = Require($"{prefix}-labels");
        using var imageStream = File.OpenRead(images);
        using var labelStream = File.OpenRead(labels);
        return IdxDataSet.Read(imageStream, images, labelStream, labels, name, classNames);
    }

    private string Require(string prefix) => Find(prefix)
        ?? throw new UsageException($"--data: {_path} has no file {prefix}* (such as {prefix}-idx{(prefix.EndsWith("labels", StringComparison.Ordinal) ? 1 : 3)}-ubyte.gz)");

    private string? Find(string prefix) => Directory.EnumerateFiles(_path, $"{prefix}*").Order(StringComparer.Ordinal).FirstOrDefault();
}
