using System.CommandLine;

namespace DistNet.Cli.Tests;

/// <summary>The command lines that the help of verbs shows.</summary>
internal static class HelpExamples
{
    private const string Program = "distnet ";
    private const string Indent = "  ";

    /// <summary>Verbs and the verbs below them, by their full names, with the lines of their help that are examples.</summary>
    public static IReadOnlyDictionary<string, string[]> ByVerb { get; } =
        VerbsBelow(DistNetCommand.Build(new CommandRunner().Host), "").ToDictionary(verb => verb.Name, verb => ExamplesIn(verb.Verb.More));

    /// <summary>Each example once, without the program's name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ByVerb.Values.SelectMany(examples => examples).Distinct()];

    /// <summary>The words of a line; none of the examples has quotes.</summary>
    public static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] ExamplesIn(string help) =>
        [.. help.Split('\n').Where(line => line.StartsWith(Indent + Program, StringComparison.Ordinal)).Select(line => line.Trim()[Program.Length..])];

    private static IEnumerable<(string Name, Verb Verb)> VerbsBelow(Command command, string prefix) =>
        from verb in command.Subcommands.OfType<Verb>().Where(verb => !verb.Hidden)
        from found in VerbsBelow(verb, $"{prefix}{verb.Name} ").Prepend(($"{prefix}{verb.Name}", verb))
        select found;
}
