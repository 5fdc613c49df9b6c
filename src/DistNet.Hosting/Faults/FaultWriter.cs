using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>Writes faults as <see cref="FaultReader"/> reads them.</summary>
internal sealed class FaultWriter(Utf8JsonWriter json)
{
    public void Write(Fault fault)
    {
        json.WriteStartObject();
        json.WriteString("kind", NameOf(fault.Kind));
        Span("at", fault.Start.At);
        if (fault.Start.Step is { } step)
        {
            json.WriteNumber("atStep", step);
        }

        Span("for", fault.For == TimeSpan.Zero ? null : fault.For);
        Details(fault);
        json.WriteEndObject();
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private void Details(Fault fault)
    {
        switch (fault)
        {
            case NodeFault node:
                Nodes("node", node.Nodes);
                Details(node);
                break;
            case LinkFault link:
                Nodes("from", link.From);
                Nodes("to", link.To);
                Details(link);
                break;
        }
    }

    private void Details(NodeFault fault)
    {
        switch (fault)
        {
            case KillFault { RestartAfter: null }:
                json.WriteString("restart", FaultReader.Never);
                break;
            case KillFault kill:
                Span("restart", kill.RestartAfter);
                break;
            case TearFault tear:
                json.WriteString("item", NameOf(tear.Item));
                Span("restart", tear.RestartAfter);
                break;
            case SlowFault slow:
                json.WriteNumber("factor", slow.Factor);
                break;
        }
    }

    private void Details(LinkFault fault)
    {
        switch (fault)
        {
            case DelayFault delay:
                Span("delay", delay.By);
                break;
            case FrameFault { Frames: var frames }:
                json.WriteNumber("probability", frames.Probability);
                if (frames.Count is { } count)
                {
                    json.WriteNumber("count", count);
                }

                break;
        }
    }

    private void Span(string name, TimeSpan? span)
    {
        if (span is { } there)
        {
            json.WriteString(name, SpanText.Of(there));
        }
    }

    private void Nodes(string name, NodeSet nodes)
    {
        if (nodes.Patterns.Count == 1)
        {
            json.WriteString(name, nodes.Patterns[0]);
            return;
        }

        json.WriteStartArray(name);
        foreach (var pattern in nodes.Patterns)
        {
            json.WriteStringValue(pattern);
        }

        json.WriteEndArray();
    }
}
