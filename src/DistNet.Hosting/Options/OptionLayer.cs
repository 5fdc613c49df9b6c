using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace DistNet.Hosting;

/// <summary>What one source of options says, and how to name its options in a message.</summary>
/// <param name="Values">Names in the source's own spelling, with the text given.</param>
/// <param name="NameOf">The option as the source's user knows it, such as "--lr" or "'lr' in run.json".</param>
/// <param name="IsCommandLine">Whether this is the command line.</param>
internal sealed record OptionLayer(
    IReadOnlyList<KeyValuePair<string, string>> Values,
    Func<string, string> NameOf,
    bool IsCommandLine = false)
{
    public const string EnvironmentPrefix = "DISTNET_";

    public static OptionLayer CommandLine(IReadOnlyList<KeyValuePair<string, string>> values) =>
        new(values, name => $"--{name}", IsCommandLine: true);

    /// <summary>The variables that name options; others that happen to begin alike belong to somebody else.</summary>
    public static OptionLayer Environment(IEnumerable<KeyValuePair<string, string>> variables) => new(
        [.. variables
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create(variable.Key[EnvironmentPrefix.Length..], variable.Value))
            .Where(variable => OptionTable.Find(variable.Key) is not null)],
        name => $"{EnvironmentPrefix}{name.ToUpperInvariant().Replace('-', '_')}");

    /// <summary>A configuration file: one JSON object of option names, comments allowed, a list for a list.</summary>
    public static OptionLayer File(string path)
    {
        try
        {
            using var file = System.IO.File.OpenRead(path);
            return Json(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--config: cannot read {path}: {e.Message}");
        }
    }

    /// <summary>The same from a stream.</summary>
    /// <param name="content">The JSON.</param>
    /// <param name="source">What it is called in messages.</param>
    public static OptionLayer Json(Stream content, string source)
    {
        try
        {
            var root = new ConfigurationBuilder().AddJsonStream(content).Build();
            return new([.. root.GetChildren().Select(section => KeyValuePair.Create(section.Key, TextOf(section)))], name => $"'{name}' in {source}");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException)
        {
            throw new UsageException($"--config: {source} is not a JSON object of options: {(e.InnerException ?? e).Message}");
        }
    }

    private static string TextOf(IConfigurationSection section) =>
        section.GetChildren().ToArray() is { Length: > 0 } items
            ? string.Join(',', items.Select(item => item.Value))
            : section.Value ?? OptionTypes.None;
}
