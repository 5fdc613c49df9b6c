using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>
/// Reads the fields of one object of a file. A mistake is written down with its path, and reading goes on with something in its place, so that
/// all mistakes come to light at once.
/// </summary>
/// <param name="entry">The object.</param>
/// <param name="path">Where it is in the file; empty: it is the file.</param>
/// <param name="mistakes">Gets one line for each mistake.</param>
internal sealed class FaultFields(JsonElement entry, string path, List<string> mistakes)
{
    private readonly HashSet<string> _known = [];

    public bool Has(string name) => entry.TryGetProperty(name, out _);

    public JsonElement? Take(string name)
    {
        _known.Add(name);
        return entry.TryGetProperty(name, out var value) ? value : null;
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name)
    {
        var value = Take(name);
        if (value is { ValueKind: not JsonValueKind.String })
        {
            Wrong(name, "must be text in quotes");
        }

        return value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    /// <summary>A time; null where there is none, or no right one.</summary>
    public TimeSpan? Span(string name)
    {
        var text = Text(name);
        var span = text is null ? null : SpanText.Parse(text);
        if (text is not null && span is null)
        {
            Wrong(name, $"'{text}' is no time, {SpanText.Examples}");
        }

        return span;
    }

    /// <summary>A time that must be there.</summary>
    public TimeSpan NeededSpan(string name)
    {
        if (!Has(name))
        {
            Wrong(name, $"is missing; give a time, {SpanText.Examples}");
        }

        return Span(name) ?? TimeSpan.Zero;
    }

    /// <summary>A number; null where there is none, or no right one.</summary>
    public double? Number(string name, Func<double, bool> isRight, string what)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && isRight(number))
        {
            return number;
        }

        Wrong(name, $"{value.GetRawText()} is not {what}");
        return null;
    }

    /// <summary>A whole number of at least <paramref name="least"/> and below 2^31; null where there is none, or no right one.</summary>
    public int? Whole(string name, int least) =>
        (int?)Number(name, value => value >= least && value <= int.MaxValue && value == Math.Floor(value), FormattableString.Invariant($"a whole number of {least} or more"));

    /// <summary>A node, or several in a list.</summary>
    /// <param name="name">Of the field.</param>
    /// <param name="otherwise">What stands for a field that is not there; null: it must be.</param>
    public NodeSet Nodes(string name, NodeSet? otherwise = null)
    {
        if (Take(name) is not { } value)
        {
            if (otherwise is null)
            {
                Wrong(name, "is missing; name a node, such as worker-2, server-0 or coordinator, or several in a list");
            }

            return otherwise ?? NodeSet.All;
        }

        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Length == 0 || items.Any(item => item.ValueKind != JsonValueKind.String))
        {
            Wrong(name, "must be the name of a node, such as \"worker-2\", or a list of some");
            return NodeSet.All;
        }

        var (nodes, wrong) = NodeSet.Parse([.. items.Select(item => item.GetString()!)]);
        foreach (var text in wrong)
        {
            Wrong(name, $"'{text}' is no node; there are coordinator, server-0, worker-2, server-*, worker-* and *");
        }

        return nodes;
    }

    public void Wrong(string name, string how) => mistakes.Add(path.Length > 0 ? $"{path}.{name}: {how}" : $"{name}: {how}");

    /// <summary>After all fields were read: whatever else is there is a mistake.</summary>
    public void End()
    {
        foreach (var unknown in entry.EnumerateObject().Where(field => !_known.Contains(field.Name)))
        {
            Wrong(unknown.Name, $"there is no such field here{NameHint.For(unknown.Name, _known)}");
        }
    }
}
