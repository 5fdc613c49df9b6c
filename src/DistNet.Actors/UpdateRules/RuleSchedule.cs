using System.Globalization;

namespace DistNet.Actors;

/// <summary>The update rules of a run, one after the other: <c>bsp@500,asp</c> is bsp up to version 500, then asp.</summary>
public sealed class RuleSchedule
{
    private readonly (UpdateRule Rule, long? Until)[] _rules;

    private RuleSchedule((UpdateRule Rule, long? Until)[] rules) => _rules = rules;

    public RuleSchedule(UpdateRule rule)
        : this([(rule, null)])
    {
    }

    public int Count => _rules.Length;

    public UpdateRule this[int number] => _rules[number].Rule;

    /// <summary>As on the command line.</summary>
    public string Name => string.Join(',', _rules.Select(static entry =>
        entry.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $"{entry.Rule.Name}@{until}") : entry.Rule.Name));

    /// <summary>The version at which the next rule begins; null for the last.</summary>
    public long? EndOf(int number) => _rules[number].Until;

    /// <summary>Text with each rule's first name instead of its other one.</summary>
    public static string Normal(string text) => string.Join(',', text.Split(',', StringSplitOptions.TrimEntries).Select(static entry =>
        entry.StartsWith("async", StringComparison.Ordinal) ? $"asp{entry[5..]}"
        : entry.StartsWith("sync", StringComparison.Ordinal) ? $"bsp{entry[4..]}"
        : entry));

    /// <summary>The same with other rule objects.</summary>
    public RuleSchedule Select(Func<UpdateRule, int, UpdateRule> replace) =>
        new([.. _rules.Select((entry, number) => (replace(entry.Rule, number), entry.Until))]);

    /// <summary>As <see cref="TryParse(string, int, out RuleSchedule, out string)"/>, for text that is known to be right.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static RuleSchedule Parse(string text, int lanes) => TryParse(text, lanes, out var schedule, out var problem)
        ? schedule
        : throw new ArgumentException($"{text}: {problem}", nameof(text));

    /// <param name="text">Rules with the version up to which they hold, the last without one.</param>
    /// <param name="lanes">Lanes of the run.</param>
    /// <param name="schedule">The rules, when there is nothing wrong.</param>
    /// <param name="problem">What is wrong, when there is.</param>
    public static bool TryParse(string text, int lanes, out RuleSchedule schedule, out string problem)
    {
        var entries = text.Split(',', StringSplitOptions.TrimEntries);
        var rules = new List<(UpdateRule Rule, long? Until)>();
        schedule = new RuleSchedule(new BulkSynchronousRule());
        foreach (var entry in entries)
        {
            if (!TryParse(entry, lanes, rules.Count == entries.Length - 1, rules, out problem))
            {
                problem = entries.Length == 1 ? problem : $"{entry}: {problem}";
                return false;
            }
        }

        schedule = new RuleSchedule([.. rules]);
        problem = "";
        return true;
    }

    private static bool TryParse(string entry, int lanes, bool isLast, List<(UpdateRule Rule, long? Until)> rules, out string problem)
    {
        var at = entry.IndexOf('@', StringComparison.Ordinal);
        long? until = null;
        if ((at < 0) != isLast)
        {
            problem = isLast ? "the last rule holds to the end and has no @" : "needs @ and the version at which the next rule begins";
            return false;
        }

        if (!isLast)
        {
            var after = rules.Count == 0 ? 0 : rules[^1].Until!.Value;
            if (!long.TryParse(entry[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version <= after)
            {
                problem = $"behind @ must be a version above {after}";
                return false;
            }

            until = version;
        }

        if (!UpdateRules.TryParse(isLast ? entry : entry[..at], lanes, out var rule, out problem))
        {
            return false;
        }

        rules.Add((rule, until));
        return true;
    }
}
