using System.Globalization;

namespace DistNet.TestKit;

/// <summary>What one process has sent.</summary>
public sealed class ReceivedTelemetry(IReadOnlyDictionary<string, string> resource)
{
    /// <summary>Of the process.</summary>
    public IReadOnlyDictionary<string, string> Resource => resource;

    /// <summary>Points of measurement, those of each later sending after those before.</summary>
    public List<ReceivedPoint> Points { get; } = [];

    public List<ReceivedSpan> Spans { get; } = [];

    public List<ReceivedLine> Lines { get; } = [];

    /// <summary>Names of the instruments.</summary>
    public IEnumerable<string> Instruments => Points.Select(point => point.Instrument).Distinct();

    /// <summary>A counter's last value, or a histogram's last count, over all tags.</summary>
    public double Total(string instrument) =>
        Points.Where(point => point.Instrument == instrument).GroupBy(point => string.Join(' ', point.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))).Sum(group => group.Last().Value);

    /// <summary>The field numbers are those of opentelemetry.proto.</summary>
    internal static Dictionary<string, string> Attributes(IEnumerable<ProtoMessage> pairs) =>
        pairs.ToDictionary(pair => pair.Text(1), pair => Text(pair.One(2)));

    internal static string Text(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(3) ? value.Number(3).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : "";

    internal void AddMetric(ProtoMessage metric)
    {
        foreach (var point in metric.One(5).All(1).Concat(metric.One(7).All(1)))
        {
            Points.Add(new ReceivedPoint(metric.Text(1), metric.Text(3), Attributes(point.All(7)), point.Has(4) ? point.Double(4) : point.Number(6)));
        }

        foreach (var point in metric.One(9).All(1))
        {
            Points.Add(new ReceivedPoint(metric.Text(1), metric.Text(3), Attributes(point.All(9)), point.Number(4)));
        }
    }

    internal void AddSpan(ProtoMessage span) => Spans.Add(new ReceivedSpan(
        span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Number(7), span.Number(8), Attributes(span.All(9)), (int)span.One(15).Number(3)));

    internal void AddLine(ProtoMessage line) => Lines.Add(new ReceivedLine(Text(line.One(5)), Attributes(line.All(6))));
}

/// <param name="Instrument">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Tags">Of the point.</param>
/// <param name="Value">Of a histogram: how many.</param>
public sealed record ReceivedPoint(string Instrument, string Unit, IReadOnlyDictionary<string, string> Tags, double Value);

/// <param name="Name">Its name.</param>
/// <param name="Trace">The trace it belongs to.</param>
/// <param name="Id">Its own number.</param>
/// <param name="Parent">Of the span it is part of; empty: none.</param>
/// <param name="Start">In ns.</param>
/// <param name="End">In ns.</param>
/// <param name="Tags">Of the span.</param>
/// <param name="Status">1: ok; 2: an error.</param>
public sealed record ReceivedSpan(string Name, string Trace, string Id, string Parent, long Start, long End, IReadOnlyDictionary<string, string> Tags, int Status);

/// <param name="Text">As it was written.</param>
/// <param name="Tags">What it says and its scopes.</param>
public sealed record ReceivedLine(string Text, IReadOnlyDictionary<string, string> Tags);
