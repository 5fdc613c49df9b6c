using System.Diagnostics.Metrics;

namespace DistNet.TestKit;

/// <summary>Listens to the instruments of one meter in this process.</summary>
public sealed class MeasurementListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<Measurement> _measured = [];

    public MeasurementListener(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Has those measured that are measured when somebody asks.</summary>
    public void Ask() => _listener.RecordObservableInstruments();

    /// <summary>Measurements of one instrument so far.</summary>
    public IReadOnlyList<Measurement> Of(string instrument)
    {
        lock (_lock)
        {
            return [.. _measured.Where(one => one.Instrument == instrument)];
        }
    }

    /// <summary>Values of a tag of one instrument, each once.</summary>
    /// <param name="instrument">Its name.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="where">Another tag and its value.</param>
    public IEnumerable<string> Values(string instrument, string tag, (string Tag, string Value)? where = null) => Of(instrument)
        .Where(one => where is not { } other || one.Tags[other.Tag] == other.Value)
        .Select(one => one.Tags[tag])
        .Distinct();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var measured = new Measurement(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!));
        lock (_lock)
        {
            _measured.Add(measured);
        }
    }

    /// <param name="Instrument">Its name.</param>
    /// <param name="Value">What was measured.</param>
    /// <param name="Tags">Of the measurement.</param>
    public sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, string> Tags);
}
