using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;

namespace DistNet.Hosting;

/// <summary>timeline.csv of a run folder: worker,step,kind,for,from,to.</summary>
public static class TimelineFile
{
    public const string Name = "timeline.csv";

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes the file, whole or not at all; times to a microsecond.</summary>
    public static void Write(string path, IEnumerable<TimelineSpan> spans) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(writer, Configuration);
        csv.WriteRecords(spans.Select(span => new Row(
            span.Worker, span.Step, span.Kind.ToString().ToLowerInvariant(), span.For, Math.Round(span.From, 6), Math.Round(span.To, 6))));
    });

    /// <summary>All rows, in the file's order.</summary>
    /// <exception cref="RunFolderException">There is no such file, it cannot be read, or a row makes no sense.</exception>
    public static IReadOnlyList<TimelineSpan> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            using var csv = new CsvReader(reader, Configuration);
            return [.. csv.GetRecords<Row>().Select((row, i) => Checked(row, i + 2, path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message.Split('\n')[0].TrimEnd()}", e);
        }
    }

    private static TimelineSpan Checked(Row row, int line, string path) =>
        Enum.TryParse<TimelineKind>(row.Kind, ignoreCase: true, out var kind) && row is { Worker: >= 0, From: >= 0 } && row.To >= row.From && double.IsFinite(row.To)
            ? new TimelineSpan(row.Worker, row.Step, kind, row.For ?? "", row.From, row.To)
            : throw new RunFolderException($"cannot read {path}: line {line} is no span; kind is compute, push or wait, and from is not after to");

    private sealed record Row(
        [property: Name("worker")][param: Name("worker")] int Worker,
        [property: Name("step")][param: Name("step")] long Step,
        [property: Name("kind")][param: Name("kind")] string Kind,
        [property: Name("for")][param: Name("for")] string? For,
        [property: Name("from")][param: Name("from")] double From,
        [property: Name("to")][param: Name("to")] double To);
}
