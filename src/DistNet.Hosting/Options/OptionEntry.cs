using System.Text.Json;
using System.Text.Json.Nodes;

namespace DistNet.Hosting;

/// <summary>Where an option may come from, and whether it belongs to the run.</summary>
public enum OptionScope
{
    /// <summary>Part of what the run is; stored in its config.json.</summary>
    Run,

    /// <summary>About this start of the command only; from any source, not stored.</summary>
    Command,

    /// <summary>The same, and on the command line only.</summary>
    CommandLineOnly,
}

/// <summary>One option of a training run: the only place that knows its names, its text and its property.</summary>
public sealed record OptionEntry
{
    /// <summary>Name on the command line, without dashes before it, such as "test-fraction".</summary>
    public required string Name { get; init; }

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What stands for the value in help; empty for a flag.</summary>
    public required string Placeholder { get; init; }

    public required string Description { get; init; }

    /// <summary>Values to offer to somebody who types; empty where there are too many.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    public OptionScope Scope { get; init; } = OptionScope.Run;

    /// <summary>Whether a run that is resumed may be given another value.</summary>
    public bool MayChangeOnResume { get; init; }

    /// <summary>The option's value as JSON; null where it is not given.</summary>
    public required Func<TrainingOptions, JsonNode?> Get { get; init; }

    /// <summary>The options with this one set from text; a <see cref="FormatException"/> says what is wrong with it.</summary>
    public required Func<TrainingOptions, string, TrainingOptions> Set { get; init; }

    public bool IsFlag => Placeholder.Length == 0;

    /// <summary>Key in a configuration file, such as "testFraction".</summary>
    public string Key => string.Concat(Name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Whether <paramref name="name"/> is this option in any of its spellings: test-fraction, testFraction, TEST_FRACTION.</summary>
    public bool IsNamed(string name) => Bare(Name) == Bare(name) || Aliases.Any(alias => Bare(alias) == Bare(name));

    /// <summary>The value as a person would type it; empty where it is not given.</summary>
    public string TextIn(TrainingOptions options) => Get(options) switch
    {
        null => "",
        JsonArray { Count: 0 } => OptionTypes.None,
        JsonArray values => string.Join(',', values.Select(value => value!.ToJsonString())),
        var value => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
    };

    internal static OptionEntry Of<T>(
        string name,
        OptionType<T> type,
        string description,
        Func<TrainingOptions, T> get,
        Func<TrainingOptions, T, TrainingOptions> set) => new()
        {
            Name = name,
            Placeholder = type.Placeholder,
            Suggestions = type.Choices,
            Description = type.Choices.Count == 0 ? description : $"{description}: {string.Join(", ", type.Choices)}",
            Get = options => type.ToJson(get(options)),
            Set = (options, text) => set(options, type.Parse(text)),
        };

    private static string Bare(string name) => name.Replace("-", "").Replace("_", "").ToLowerInvariant();
}
