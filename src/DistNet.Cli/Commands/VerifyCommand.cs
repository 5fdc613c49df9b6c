using System.CommandLine;
using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Cli;

/// <summary><c>distnet verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Build(CommandHost host)
    {
        var only = CommonOptions.Whole("--only", 1, "Verify one section [default: all]");
        var seed = CommonOptions.Seed("Seed of service times and noise [default: 1]");
        var format = CommonOptions.Format("text", "json");
        var command = new Verb("verify", "Hold the update rules to the published formulas.", More) { only, seed, format };
        command.SetAction(parsed =>
        {
            var options = new VerificationOptions { Section = parsed.GetValue(only), Seed = parsed.GetValue(seed) ?? 1 };
            return options.Problems is { Count: > 0 } problems
                ? throw new UsageException(problems)
                : Print(host.Services.Verify(options, host.Stop), parsed.GetValue(format), host);
        });
        return command;
    }

    private static int Print(VerificationReport report, string? format, CommandHost host)
    {
        if (format == "json")
        {
            host.Out.WriteLine(report.ToJson());
        }
        else
        {
            report.Write(host.Out);
        }

        return report.Passes ? ExitCode.Done : ExitCode.VerificationFailed;
    }

    private static string More =>
        $"""
        Runs the shipped actors and rules in the simulator, where links cost nothing and cancelling is immediate, and prints
        each figure beside the formula's. A row with a standard error passes within {VerificationRow.MostStandardErrors} of them, and only if that error is at most
        {VerificationRow.GreatestStandardError:0.0%}; a row with a tolerance says in its name why it has one; all others are exact. The same seed gives the same
        table. Exit code {ExitCode.VerificationFailed} if a row fails. All of it takes under a minute on two cores.

        Sections:
        {string.Join('\n', TheorySections.Titles.Keys.Order().Select(section => $"  {TheorySections.Heading(section)}"))}

        Examples:
          distnet verify
          distnet verify --only 5
          distnet verify --seed 7 --format json
        """;
}
