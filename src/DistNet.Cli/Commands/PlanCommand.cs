using System.CommandLine;
using System.Globalization;
using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Cli;

/// <summary><c>distnet plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Build(CommandHost host)
    {
        var rules = new Argument<string[]>("RULE") { Arity = ArgumentArity.ZeroOrMore, Description = $"Update rules to plan [default: some of each kind]: {RuleModel.Forms}" };
        var run = CommonOptions.Run();
        var workers = new Option<string>("--workers") { HelpName = "N,N,...", Description = "Numbers of workers to plan [default: half the recorded, as many, twice as many]" };
        var goal = CommonOptions.Choice("--goal", "What is to be large [default: samples]", "samples", "updates", "efficiency");
        var staleness = CommonOptions.NotNegative("--max-staleness", "N", "Mean staleness that may be recommended [default: 0]");
        var measured = new Option<string[]>("--measured") { HelpName = "DIR", Description = "A run made since, to compare the prediction with; may be given several times" };
        var format = CommonOptions.Format("text", "json");
        var command = new Verb("plan", "From one run's service times predict every update rule, and recommend one.", More) { rules, run, workers, goal, staleness, measured, format };
        command.SetAction(parsed =>
        {
            var options = new PlanOptions
            {
                Rules = parsed.GetValue(rules) ?? [],
                Workers = Whole(parsed.GetValue(workers)),
                Goal = Enum.Parse<PlanGoal>(parsed.GetValue(goal) ?? "samples", ignoreCase: true),
                GreatestStaleness = parsed.GetValue(staleness) ?? 0,
            };
            var since = (parsed.GetValue(measured) ?? []).Select(RunFolder.Open).ToArray();
            Print(RunPlanning.Plan(RunFolder.Open(parsed.GetRequiredValue(run)), options, since), parsed.GetValue(format), host);
        });
        return command;
    }

    private static void Print(PlanReport report, string? format, CommandHost host)
    {
        if (format == "json")
        {
            host.Out.WriteLine(report.ToJson());
        }
        else
        {
            report.Write(host.Out);
        }
    }

    private static int[] Whole(string? list) => list is null ? [] :
    [
        .. list.Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new UsageException($"--workers: '{text}' is not a whole number; give such as 4,8,16"))
    ];

    private const string More =
        """
        Every rule is played on the recorded times of a run, drawn at random; beside it stands the formula for shifted
        exponential times, where there is one. A worker keeps its share of samples, so a batch grows with the workers.
        Only rules whose gradients are fresh enough are recommended: what staleness costs in progress no timing tells;
        distnet compare measures it.

        Examples:
          distnet plan --run runs/20260101-120000-digits
          distnet plan bsp ksync:6 asp --run runs/a --workers 4,8,16 --max-staleness 8
          distnet plan --run runs/a --measured runs/b --format json
        """;
}
