using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>Reads one fault of a file.</summary>
internal sealed class FaultReader(FaultFields fields)
{
    /// <summary>In place of a time: not at all.</summary>
    public const string Never = "never";

    private static readonly string[] Kinds = [.. Enum.GetNames<FaultKind>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] Items = [.. Enum.GetNames<TornItem>().Select(name => name.ToLowerInvariant())];

    /// <summary>Null: it has no kind that there is.</summary>
    public Fault? Read()
    {
        var name = fields.Text("kind") ?? "";
        if (!Kinds.Contains(name))
        {
            fields.Wrong("kind", $"'{name}' is not one of {string.Join(", ", Kinds)}{NameHint.For(name, Kinds)}");
            return null;
        }

        var fault = Read(Enum.Parse<FaultKind>(name, ignoreCase: true), Start());
        fields.End();
        return fault;
    }

    private Fault Read(FaultKind kind, FaultStart start) => kind switch
    {
        FaultKind.Kill => Kill(start),
        FaultKind.Tear => new TearFault(start, fields.Nodes("node"), Item(), fields.Span("restart") ?? TimeSpan.Zero),
        FaultKind.Pause => new PauseFault(start, Length(start, mustEnd: true), fields.Nodes("node")),
        FaultKind.Slow => new SlowFault(start, Length(start), Workers(), Factor()),
        FaultKind.Delay => new DelayFault(start, Length(start), From(), To(), fields.NeededSpan("delay")),
        FaultKind.Partition => new PartitionFault(start, Length(start, mustEnd: true), From(), To()),
        FaultKind.Drop => new DropFault(start, Length(start, mustEnd: !fields.Has("count")), From(), To(), Frames()),
        FaultKind.Corrupt => new CorruptFault(start, Length(start, mustEnd: !fields.Has("count")), From(), To(), Frames()),
        _ => new DuplicateFault(start, Length(start), From(), To(), Frames()),
    };

    private FaultStart Start()
    {
        var (at, step) = (fields.Span("at"), fields.Whole("atStep", least: 0));
        if (fields.Has("at") == fields.Has("atStep"))
        {
            fields.Wrong("at", $"give either at, the time since the run's start, {SpanText.Examples}, or atStep, the number of updates");
        }

        return at is null && step is { } version ? FaultStart.Version(version) : FaultStart.Time(at ?? TimeSpan.Zero);
    }

    /// <summary>How long it lasts; <c>until</c> is another way to say so.</summary>
    private TimeSpan? Length(FaultStart start, bool mustEnd = false)
    {
        var (length, until) = (fields.Span("for"), fields.Span("until"));
        if (fields.Has("for") && fields.Has("until"))
        {
            fields.Wrong("until", "give either for or until");
        }
        else if (until is not null && start.At is null)
        {
            fields.Wrong("until", "is a time since the run's start; with atStep give for, a duration");
        }
        else if (until <= start.At || length == TimeSpan.Zero)
        {
            fields.Wrong(until is null ? "for" : "until", "the fault would end when it begins");
        }
        else if (mustEnd && !fields.Has("for") && !fields.Has("until"))
        {
            fields.Wrong("for", $"is missing: it must end, or the run would not; give a duration, {SpanText.Examples}");
        }

        return length ?? (until - start.At);
    }

    private KillFault Kill(FaultStart start)
    {
        var isForGood = Text("restart") == Never;
        TimeSpan? restart = isForGood ? null : fields.Span("restart") ?? TimeSpan.Zero;
        return new KillFault(start, isForGood ? Workers("only workers can be done without for good; ") : fields.Nodes("node"), restart);
    }

    private NodeSet Workers(string why = "only workers compute; ")
    {
        var nodes = fields.Nodes("node");
        foreach (var other in nodes.Patterns.Where(pattern => !pattern.StartsWith("worker-", StringComparison.Ordinal) && fields.Has("node")))
        {
            fields.Wrong("node", $"'{other}' is no worker; {why}give such as worker-2 or worker-*");
        }

        return nodes;
    }

    private double Factor()
    {
        if (!fields.Has("factor"))
        {
            fields.Wrong("factor", "is missing; give a number above 1, such as 4 for a fourth of the speed");
        }

        return fields.Number("factor", value => value is > 1 and <= 1e6, "a number above 1 and at most 1000000") ?? 2;
    }

    private NodeSet From() => fields.Nodes("from");

    private NodeSet To() => fields.Nodes("to", NodeSet.All);

    private FrameChoice Frames() => new(
        fields.Number("probability", value => value is > 0 and <= 1, "a number above 0 and at most 1") ?? 1,
        fields.Whole("count", least: 1));

    private TornItem Item()
    {
        var name = fields.Text("item") ?? "cut";
        if (!Items.Contains(name))
        {
            fields.Wrong("item", $"'{name}' is not one of {string.Join(", ", Items)}");
        }

        return Enum.TryParse<TornItem>(name, ignoreCase: true, out var item) ? item : TornItem.Cut;
    }

    /// <summary>A text that may stand in place of something else, or null.</summary>
    private string? Text(string name) => fields.Take(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
