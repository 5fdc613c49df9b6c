using System.CommandLine;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary><c>distnet report</c>.</summary>
internal static class ReportCommand
{
    public static Command Build(CommandHost host)
    {
        var run = CommonOptions.Run();
        run.Description = "The folder of a run, or of a comparison";
        var command = new Verb(
            "report",
            "Make the report of a run or a comparison, again.",
            """
            The report is one file, report.html in the folder: it opens anywhere, without a network. Runs and comparisons
            make it when they end, unless --no-report is given.

            Examples:
              distnet report --run runs/20260101-120000-digits
              distnet report --run runs/20260101-120000-compare
            """) { run };
        command.SetAction(async (parsed, _) =>
        {
            var make = host.Services.Report ?? throw new UsageException("report: this program makes no reports");
            host.Out.WriteLine(await make(parsed.GetRequiredValue(run), null));
            return ExitCode.Done;
        });
        return command;
    }
}
