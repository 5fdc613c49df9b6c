using System.CommandLine;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>What is wrong with a command line before any verb runs, one line each, with the nearest name that exists.</summary>
internal static class UsageProblems
{
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return [];
        }

        // The value after an unknown option is unmatched too; naming it would only confuse.
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToArray();
        unknown = unknown.Length > 0 ? unknown : [.. parsed.UnmatchedTokens];
        var others = parsed.Errors.Select(error => error.Message).Where(message => !IsAboutToken(message, parsed.UnmatchedTokens));
        var needsVerb = parsed.CommandResult.Command.Subcommands.Count > 0 && unknown.Length > 0;
        var values = (parsed.CommandResult.Command as Verb)?.Check(parsed) ?? [];
        return [.. unknown.Select(token => Describe(token, parsed.CommandResult.Command)), .. needsVerb ? [] : others, .. values];
    }

    /// <summary>What the reading of options finds wrong with them.</summary>
    public static IReadOnlyList<string> In(Action load)
    {
        try
        {
            load();
            return [];
        }
        catch (UsageException e)
        {
            return e.Problems;
        }
    }

    /// <summary>Reads options, when nothing is wrong with the command line at all.</summary>
    /// <exception cref="UsageException">All that is wrong with it.</exception>
    public static T Require<T>(Verb verb, ParseResult parsed, Func<ParseResult, T> load) =>
        verb.Check(parsed) is { Count: > 0 } problems ? throw new UsageException(problems) : load(parsed);

    private static bool IsAboutToken(string message, IEnumerable<string> tokens) => tokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal));

    private static string FullName(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{FullName(parent)} {command.Name}" : "distnet";

    private static string Describe(string token, Command command)
    {
        var name = token.Split('=')[0];
        var isOption = name.StartsWith('-');
        var known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))
            : command.Subcommands.Select(verb => verb.Name);
        var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"{name}: {FullName(command)} has no such {what}{NameHint.For(name, known)}";
    }
}
