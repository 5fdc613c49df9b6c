using System.Globalization;

namespace DistNet.Simulation;

/// <summary>Objectives as people write them.</summary>
public static class ObjectiveText
{
    /// <summary>All forms in one line.</summary>
    public const string Forms =
        "real, quadratic[:lambda=1,dimension=1,noise=0], logistic[:dimension=10,samples=1000,lambda=0] or none";

    /// <summary>Most floats of a vector or of all samples together.</summary>
    private const int Most = 1 << 26;

    /// <summary>The objective that the text names; null for the real network.</summary>
    /// <exception cref="FormatException">It names none; the message says what is wrong.</exception>
    public static Objective? Parse(string text) => text.Split(':', 2) switch
    {
        ["real"] => null,
        ["none"] => new NoObjective(),
        ["quadratic", .. var rest] => Quadratic(Values(rest, ["lambda", "dimension", "noise"])),
        ["logistic", .. var rest] => Logistic(Values(rest, ["dimension", "samples", "lambda"])),
        _ => throw new FormatException($"is none of {Forms}"),
    };

    private static QuadraticObjective Quadratic(Dictionary<string, string> values)
    {
        var standard = new QuadraticObjective();
        return standard with
        {
            Lambda = Number(values, "lambda", standard.Lambda),
            Length = Whole(values, "dimension", standard.Length, Most),
            Noise = Number(values, "noise", standard.Noise),
        };
    }

    private static LogisticObjective Logistic(Dictionary<string, string> values)
    {
        var standard = new LogisticObjective();
        var length = Whole(values, "dimension", standard.Length, Most);
        return standard with
        {
            Length = length,
            Samples = Whole(values, "samples", standard.Samples, Most / length),
            Lambda = Number(values, "lambda", standard.Lambda),
        };
    }

    private static Dictionary<string, string> Values(string[] rest, string[] names)
    {
        var pairs = rest.Length == 0 ? [] : rest[0].Split(',').Select(pair => pair.Split('=', 2)).ToArray();
        var wrong = Array.Find(pairs, pair => pair.Length != 2 || !names.Contains(pair[0]));
        return wrong is null && pairs.DistinctBy(pair => pair[0]).Count() == pairs.Length
            ? pairs.ToDictionary(pair => pair[0], pair => pair[1])
            : throw new FormatException($"takes {string.Join(", ", names)}, each once, such as {names[0]}=1");
    }

    private static double Number(Dictionary<string, string> values, string name, double standard) =>
        !values.TryGetValue(name, out var text) ? standard
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && double.IsFinite(value) ? value
        : throw new FormatException($"has '{text}' for {name}, which is not a number of 0 or more");

    private static int Whole(Dictionary<string, string> values, string name, int standard, int most) =>
        !values.TryGetValue(name, out var text) ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most ? value
        : throw new FormatException($"has '{text}' for {name}, which is not a whole number from 1 to {most}");
}
