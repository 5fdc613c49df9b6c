using System.Text.Json;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Writes a run in the Trace Event Format that chrome://tracing and Perfetto read: a process for each node, with what workers compute as
/// spans, gradients and parameters on their way as asynchronous spans of their receiver, and updates as instants of their server. Events are
/// written as they end, so that memory does not grow; times are virtual, in microseconds.
/// </summary>
/// <remarks>Format: "Trace Event Format", Google 2016.</remarks>
public sealed class ChromeTrace : ISimulationWatcher, IDisposable
{
    private const int FlushBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;
    private readonly ClusterBlueprint _cluster;
    private long _nextLink;

    private ChromeTrace(Stream stream, ClusterBlueprint cluster)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(stream);
        _cluster = cluster;
        _json.WriteStartArray();
        foreach (var node in cluster.Nodes)
        {
            WriteName(node);
        }
    }

    /// <param name="path">The file, which is overwritten.</param>
    /// <param name="setup">The run that it is of.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static ChromeTrace Create(string path, SimulationSetup setup)
    {
        try
        {
            return To(File.Create(path), setup);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--trace: cannot write {path}: {e.Message}");
        }
    }

    /// <param name="stream">Takes the JSON; closed with the trace.</param>
    /// <param name="setup">The run that it is of.</param>
    public static ChromeTrace To(Stream stream, SimulationSetup setup) =>
        new(stream, new ClusterBlueprint(setup.Plan, setup.Workers, () => throw new InvalidOperationException("A trace computes nothing.")));

    public void OnDelivered(TimeSpan sent, TimeSpan now, Envelope message)
    {
        switch (message)
        {
            case Envelope<Push> push:
                WriteLink($"push step {push.Message.Step}", sent, now, push);
                break;
            case Envelope<Parameters> parameters:
                WriteLink($"parameters {parameters.Message.Version}", sent, now, parameters);
                break;
            case Envelope<Applied> applied:
                WriteUpdate(applied.Message.Version, sent, applied.From);
                break;
            case Envelope<Apply> { Message.Units.Count: > 0 } apply:
                WriteUpdate(apply.Message.Version, now, apply.To);
                break;
        }
    }

    public void OnWorked(int worker, NetworkWork order, TimeSpan started, TimeSpan now, bool cancelled)
    {
        var name = order is GradientOrder gradient ? $"step {gradient.Step}" : "evaluation";
        Begin(cancelled ? $"{name}, cancelled" : name, "X", started, ActorId.Worker(worker));
        WriteTime("dur", now - started);
        _json.WriteNumber("tid", 0);
        _json.WriteStartObject("args");
        _json.WriteNumber("version", order.Version);
        _json.WriteEndObject();
        End();
    }

    public void Dispose()
    {
        _json.WriteEndArray();
        _json.Dispose();
        _stream.Dispose();
    }

    private void WriteName(NodeName node)
    {
        Begin("process_name", "M", TimeSpan.Zero, new ActorId(node.Role, node.Index));
        _json.WriteStartObject("args");
        _json.WriteString("name", node.ToString());
        _json.WriteEndObject();
        End();
    }

    private void WriteLink(string name, TimeSpan sent, TimeSpan now, Envelope message)
    {
        var link = _nextLink++;
        WriteEnd(name, "b", sent, message, link);
        WriteEnd(name, "e", now, message, link);
    }

    /// <summary>One of the two ends of an asynchronous span.</summary>
    private void WriteEnd(string name, string phase, TimeSpan at, Envelope message, long link)
    {
        Begin(name, phase, at, message.To);
        _json.WriteString("cat", $"from {message.From}");
        _json.WriteNumber("id", link);
        _json.WriteNumber("tid", 1);
        End();
    }

    private void WriteUpdate(long version, TimeSpan at, ActorId server)
    {
        Begin($"update {version}", "i", at, server);
        _json.WriteString("s", "p");
        _json.WriteNumber("tid", 0);
        End();
    }

    private void Begin(string name, string phase, TimeSpan at, ActorId on)
    {
        _json.WriteStartObject();
        _json.WriteString("name", name);
        _json.WriteString("ph", phase);
        _json.WriteNumber("pid", _cluster.NumberOf(on));
        WriteTime("ts", at);
    }

    private void End()
    {
        _json.WriteEndObject();
        if (_json.BytesPending > FlushBytes)
        {
            _json.Flush();
        }
    }

    private void WriteTime(string name, TimeSpan time) => _json.WriteNumber(name, time.Ticks / (decimal)TimeSpan.TicksPerMicrosecond);
}
