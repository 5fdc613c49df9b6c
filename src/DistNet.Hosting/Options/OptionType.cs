using System.Globalization;
using System.Text.Json.Nodes;

namespace DistNet.Hosting;

/// <summary>How the values of one kind are written: by people as text, in config.json as JSON.</summary>
/// <param name="Placeholder">What stands for the value in help.</param>
/// <param name="Parse">Text to value; a <see cref="FormatException"/> says what is wrong, such as "is not a number".</param>
/// <param name="ToJson">Value to JSON.</param>
internal sealed record OptionType<T>(string Placeholder, Func<string, T> Parse, Func<T, JsonNode?> ToJson)
{
    /// <summary>All values there are, where they are few words.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The same under another placeholder.</summary>
    public OptionType<T> As(string placeholder) => this with { Placeholder = placeholder };
}

/// <summary>The kinds of values that options have.</summary>
internal static class OptionTypes
{
    /// <summary>Text that stands for "not given".</summary>
    public const string None = "none";

    public static readonly OptionType<string> Text = new("TEXT", text => text, value => value);

    public static readonly OptionType<int> Whole = new("N", Number<int>("is not a whole number", NumberStyles.AllowLeadingSign), value => value);

    public static readonly OptionType<long> Long = new("N", Number<long>("is not a whole number", NumberStyles.AllowLeadingSign), value => value);

    public static readonly OptionType<ulong> Seed = new("N", Number<ulong>("is not a whole number of 0 or more", NumberStyles.None), value => value);

    public static readonly OptionType<float> Single = new("X", text => Finite(Number<float>("is not a number", NumberStyles.Float)(text)), value => value);

    public static readonly OptionType<double> Double = new("X", text => Finite(Number<double>("is not a number", NumberStyles.Float)(text)), value => value);

    public static readonly OptionType<bool> Flag = new("", ParseFlag, value => value);

    public static readonly OptionType<int> Batch = new("N|full", ParseBatch, value => value == TrainingOptions.FullBatch ? "full" : value);

    public static readonly OptionType<IReadOnlyList<int>> Widths = new("N,N,...", ParseWidths, value => new JsonArray([.. value.Select(width => (JsonNode)width)]));

    /// <summary>One of a few words, some of them other names of the same value; the first name of a value is the one written.</summary>
    public static OptionType<T> Choice<T>(params (string Name, T Value)[] choices)
        where T : notnull
    {
        var names = choices.DistinctBy(choice => choice.Value).Select(choice => choice.Name).ToArray();
        return new(
            "NAME",
            text => Array.Find(choices, choice => SameWord(choice.Name, text)) is { Name: not null } found
                ? found.Value
                : throw new FormatException($"is not one of {string.Join(", ", names)}{NameHint.For(text, names)}"),
            value => choices.First(choice => choice.Value.Equals(value)).Name)
        {
            Choices = names,
        };
    }

    public static OptionType<T?> OrNone<T>(this OptionType<T> type)
        where T : struct =>
        new(type.Placeholder, text => text == None ? null : type.Parse(text), value => value is { } given ? type.ToJson(given) : null);

    public static OptionType<string?> OrNone(this OptionType<string> type) =>
        new(type.Placeholder, text => text == None ? null : type.Parse(text), value => value);

    private static bool SameWord(string name, string text) =>
        string.Equals(name.Replace("-", ""), text.Replace("-", "").Replace("_", ""), StringComparison.OrdinalIgnoreCase);

    private static Func<string, T> Number<T>(string problem, NumberStyles styles)
        where T : System.Numerics.INumberBase<T> =>
        text => T.TryParse(text, styles, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException(problem);

    private static T Finite<T>(T value)
        where T : System.Numerics.INumberBase<T> =>
        T.IsFinite(value) ? value : throw new FormatException("is not a finite number");

    private static bool ParseFlag(string text) => text.ToLowerInvariant() switch
    {
        "" or "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => throw new FormatException("is neither true nor false"),
    };

    /// <summary>0 is refused here although it stands for "full" in memory: nobody who types 0 means everything.</summary>
    private static int ParseBatch(string text) =>
        SameWord("full", text) ? TrainingOptions.FullBatch
        : Whole.Parse(text) is > 0 and var size ? size
        : throw new FormatException("is not 1 or more, or full");

    private static IReadOnlyList<int> ParseWidths(string text) =>
        text is "" or None ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseWidth)];

    private static int ParseWidth(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var width)
            ? width
            : throw new FormatException("is not a list of whole numbers such as 512,256, or none");
}
