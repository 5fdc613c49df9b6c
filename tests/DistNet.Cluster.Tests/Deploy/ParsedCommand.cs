using DistNet.Cli;

namespace DistNet.Cluster.Tests;

/// <summary>Asks the program itself about command lines, without running them.</summary>
internal static class ParsedCommand
{
    /// <summary>What it finds wrong, one line each.</summary>
    /// <param name="words">The command line, without the program's name.</param>
    /// <param name="plane">What <c>DISTNET_CONTROL</c> says.</param>
    public static IReadOnlyList<string> ProblemsOf(IReadOnlyList<string> words, string plane)
    {
        var parsed = DistNetCommand.Build(HostOf(plane)).Parse(words);
        return parsed.Errors.Count > 0 ? UsageProblems.Of(parsed) : ((Verb)parsed.CommandResult.Command).Check(parsed);
    }

    private static CommandHost HostOf(string plane) => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Services = Services.Create(),
        Environment = [KeyValuePair.Create("DISTNET_CONTROL", plane), KeyValuePair.Create(JoinToken.Variable, "a secret")],
    };
}
