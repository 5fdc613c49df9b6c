using System.Globalization;
using System.Text.RegularExpressions;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>The last inputs of a simulated run, as text. A failed schedule is run again with it: equal seeds give equal runs.</summary>
internal sealed partial class TraceTail(int length)
{
    private readonly Queue<string> _lines = new();
    private SimulationHost? _host;

    public void Attach(SimulationHost host)
    {
        _host = host;
        host.Tracer += (actor, input) => Add(input.Now, $"{actor} < {Describe(input)}");
        host.Observer += (now, envelope) => Add(now, $"{envelope.From} observes {Describe(envelope)}");
        host.Faulted += (now, place, fault) => Add(now, $"faults[{place}] {fault}");
    }

    public override string ToString() => string.Join(Environment.NewLine, _lines);

    private void Add(TimeSpan now, string line)
    {
        if (_host is null || line.Contains("TimerFired", StringComparison.Ordinal) || line.Contains("Waiting", StringComparison.Ordinal) && _lines.Count > 0 && _lines.Last().Contains("Waiting", StringComparison.Ordinal))
        {
            return;
        }

        _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{now.TotalMilliseconds,10:F3} ms  {line}"));
        if (_lines.Count > length)
        {
            _lines.Dequeue();
        }
    }

    private static string Describe(in Input input) => input.Kind switch
    {
        InputKind.Message => $"{input.Envelope.From}/{input.Envelope.FromIncarnation}: {Describe(input.Envelope)}",
        InputKind.PeerUp or InputKind.PeerDown => $"{input.Kind} {input.Peer}/{input.Number}",
        InputKind.Stored or InputKind.Loaded => $"{input.Kind} {input.Key} {(input.Body is null ? "nothing" : "")}",
        _ => $"{input.Kind} {input.Number}",
    };

    /// <summary>Where a tensor lies differs from run to run.</summary>
    private static string Describe(Envelope envelope) =>
        Slice().Replace(envelope.GetType().GetProperty("Message")!.GetGetMethod()!.Invoke(envelope, null)!.ToString()!, "floats[$1]");

    [GeneratedRegex(@"TensorSlice \{[^}]*Length = (\d+)[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Slice();
}
