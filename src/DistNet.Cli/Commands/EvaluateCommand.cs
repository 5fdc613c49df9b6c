using System.CommandLine;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary><c>distnet evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Build(CommandHost host)
    {
        var run = CommonOptions.Run();
        var data = new Option<string>("--data") { HelpName = "SOURCE", Description = $"What to evaluate on: {DataSource.Forms}; the run's own test part unless given" };
        var format = CommonOptions.Format("text", "json");
        var command = new Verb(
            "evaluate",
            "Loss and accuracy of a run's latest checkpoint.",
            """
            Examples:
              distnet evaluate --run runs/20260101-120000-digits
              distnet evaluate --run runs/flowers --data csv:more-flowers.csv --format json
            """) { run, data, format };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(data) is { } text && !DataSource.TryParse(text, out _, out var problem))
            {
                throw new UsageException(problem);
            }

            var result = host.Services.Evaluate(RunFolder.Open(parsed.GetRequiredValue(run)), parsed.GetValue(data), host.Complain);
            host.Out.WriteLine(parsed.GetValue(format) == "json" ? result.ToJson() : Text(result));
        });
        return command;
    }

    private static string Text(EvaluationResult result) =>
        Invariant($"{result.Data}: {result.Samples} samples, loss {result.Loss:0.0000}, accuracy {100 * result.Accuracy:0.00} % (version {result.Version})");
}
