using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;

namespace DistNet.Hosting;

/// <summary>service-times.csv of a run folder: worker,step,samples,milliseconds.</summary>
public static class ServiceTimesFile
{
    public const string Name = "service-times.csv";

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes the file, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<ServiceTime> times) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(writer, Configuration);
        csv.WriteRecords(times.Select(time => new Row(time.Worker, time.Step, time.Samples, time.Milliseconds)));
    });

    /// <summary>All rows, in the file's order.</summary>
    /// <exception cref="RunFolderException">There is no such file, it cannot be read, or a row makes no sense.</exception>
    public static IReadOnlyList<ServiceTime> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            using var csv = new CsvReader(reader, Configuration);
            return [.. csv.GetRecords<Row>().Select((row, i) => Checked(row, i + 2, path))];
        }
        catch (FileNotFoundException e)
        {
            throw new RunFolderException($"the run recorded no service times: {path} does not exist; train again with this version", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message.Split('\n')[0].TrimEnd()}", e);
        }
    }

    private static ServiceTime Checked(Row row, int line, string path) =>
        row is { Worker: >= 0, Samples: > 0, Milliseconds: >= 0 and < double.PositiveInfinity }
            ? new ServiceTime(row.Worker, row.Step, row.Samples, row.Milliseconds)
            : throw new RunFolderException($"cannot read {path}: line {line} is no service time; worker is at least 0, samples at least 1, milliseconds a number of at least 0");

    private sealed record Row(
        [property: Name("worker")][param: Name("worker")] int Worker,
        [property: Name("step")][param: Name("step")] long Step,
        [property: Name("samples")][param: Name("samples")] int Samples,
        [property: Name("milliseconds")][param: Name("milliseconds")] double Milliseconds);
}
