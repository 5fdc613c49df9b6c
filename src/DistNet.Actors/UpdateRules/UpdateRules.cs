using System.Globalization;

namespace DistNet.Actors;

/// <summary>The names of the update rules, in one place.</summary>
public static class UpdateRules
{
    /// <summary>Every name with its parameter, for help texts.</summary>
    public const string Forms = "bsp, backup:B, ksync:K, kbatchsync:K, kasync:K, kbatchasync:K, asp, ssp:S, local:H, easgd:A";

    /// <summary>One of each form.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["bsp", "backup:1", "ksync:3", "kbatchsync:3", "kasync:2", "kbatchasync:2", "asp", "ssp:2", "local:8", "easgd:0.1"];

    /// <summary>The rule of a name; sync and async are other names of bsp and asp.</summary>
    /// <param name="text">Such as ksync:6.</param>
    /// <param name="lanes">Lanes of the run.</param>
    /// <param name="rule">The rule, when there is one.</param>
    /// <param name="problem">What is wrong with the text, when there is none.</param>
    public static bool TryParse(string text, int lanes, out UpdateRule rule, out string problem)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, argument) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        rule = new BulkSynchronousRule();
        problem = name switch
        {
            "bsp" or "sync" => Take(argument, new BulkSynchronousRule(), ref rule),
            "asp" or "async" => Take(argument, new AsynchronousRule(), ref rule),
            "backup" => Take(argument, 0, lanes - 1, lanes, b => new KSyncRule(lanes - b, $"backup:{b}"), ref rule),
            "ksync" => Take(argument, 1, lanes, lanes, k => new KSyncRule(k), ref rule),
            "kasync" => Take(argument, 1, lanes, lanes, k => new KAsyncRule(k), ref rule),
            "kbatchsync" => Take(argument, 1, k => new KBatchSyncRule(k), ref rule),
            "kbatchasync" => Take(argument, 1, k => new KBatchAsyncRule(k), ref rule),
            "ssp" => Take(argument, 0, s => new StaleSynchronousRule(s), ref rule),
            "local" => Take(argument, 1, h => new LocalSgdRule(h), ref rule),
            "easgd" => TakeElasticity(argument, ref rule),
            _ => $"must be one of {Forms}",
        };
        return problem.Length == 0;
    }

    private static string Take(string? argument, UpdateRule parsed, ref UpdateRule rule)
    {
        rule = parsed;
        return argument is null ? "" : $"{parsed.Name} takes no number";
    }

    private static string Take(string? argument, int least, Func<int, UpdateRule> create, ref UpdateRule rule) =>
        TakeWithin(argument, least, int.MaxValue, create, ref rule) ? "" : $"needs a whole number of at least {least} behind the colon";

    private static string Take(string? argument, int least, int most, int lanes, Func<int, UpdateRule> create, ref UpdateRule rule) =>
        TakeWithin(argument, least, most, create, ref rule)
            ? ""
            : $"needs a whole number from {least} to {most} behind the colon, for there are {lanes} lanes";

    private static bool TakeWithin(string? argument, int least, int most, Func<int, UpdateRule> create, ref UpdateRule rule)
    {
        if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            return false;
        }

        rule = create(number);
        return true;
    }

    private static string TakeElasticity(string? argument, ref UpdateRule rule)
    {
        if (!float.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) || !(a > 0 && a < 1))
        {
            return "needs a number above 0 and below 1 behind the colon, such as easgd:0.1";
        }

        rule = new ElasticAveragingRule(a);
        return "";
    }
}
