using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DistNet.Cli;

/// <summary>
/// A verb. Its summary is one line, as the list of verbs needs; what else a newcomer wants to know, examples first, is printed
/// after its options.
/// </summary>
internal sealed class Verb(string name, string summary, string more = "") : Command(name, summary)
{
    public string More => more;

    /// <summary>What is wrong with the values of a command line that does not parse either; all mistakes are reported at once.</summary>
    public Func<ParseResult, IReadOnlyList<string>> Check { get; set; } = _ => [];

    /// <summary>Makes every verb's help end with what is more to say.</summary>
    public static void ExtendHelp(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new ExtendedHelp((HelpAction)option.Action!);
        }
    }

    private sealed class ExtendedHelp(HelpAction standard) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = standard.Invoke(parseResult);
            if (parseResult.CommandResult.Command is Verb { More.Length: > 0 } verb)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(verb.More);
            }

            return code;
        }
    }
}
