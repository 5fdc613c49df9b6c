using System.Text.Json;
using System.Text.Json.Nodes;

namespace DistNet.Hosting;

/// <summary>
/// What a run folder keeps of how the run went: metrics.jsonl, one JSON object a line, appended and flushed line by line; and beside it, at the end,
/// the service times and the timeline. Not for several threads.
/// </summary>
public sealed class MetricsWriter : IDisposable
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly StreamWriter _writer;

    private readonly string _path;

    private MetricsWriter(string path)
    {
        _path = path;
        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    /// <summary>Opens the file for appending; what a new run finds there is dropped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="resumedVersion">Updates in the checkpoint that is resumed: lines after it, which will be written
    /// again, and a torn last line are dropped. 0 for a new run.</param>
    public static MetricsWriter Open(string path, long resumedVersion = 0)
    {
        if (File.Exists(path))
        {
            var kept = File.ReadLines(path).Where(line => VersionOf(line) is { } version && version <= resumedVersion).ToArray();
            AtomicFile.Write(path, string.Concat(kept.Select(line => line + "\n")));
        }

        return new MetricsWriter(path);
    }

    public void Epoch(EpochReport report) => _writer.Write(JsonSerializer.Serialize(report, Json) + "\n");

    public void Step(in StepReport report) => _writer.Write(JsonSerializer.Serialize(report, Json) + "\n");

    /// <summary>Replaces the service times that are there: they are those of the latest start of the run.</summary>
    public void ServiceTimes(IEnumerable<ServiceTime> times) =>
        ServiceTimesFile.Write(Path.Combine(Path.GetDirectoryName(_path)!, ServiceTimesFile.Name), times);

    /// <summary>Replaces the timeline that is there, likewise.</summary>
    public void Timeline(IEnumerable<TimelineSpan> spans) => TimelineFile.Write(Path.Combine(Path.GetDirectoryName(_path)!, TimelineFile.Name), spans);

    public void Dispose() => _writer.Dispose();

    private static long? VersionOf(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["version"]?.GetValue<long>();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
