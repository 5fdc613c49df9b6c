using System.CommandLine;
using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Cli;

/// <summary><c>distnet study</c>.</summary>
internal static class StudyCommand
{
    public static Command Build(CommandHost host)
    {
        var studies = host.Services.Studies;
        var name = CommonOptions.ChosenArgument("NAME", "The study [default: list them]", [.. studies.Select(study => study.Name)]);
        var seed = CommonOptions.Seed("The first seed of every row [default: 1]");
        var output = new Option<string>("--output") { HelpName = "DIR", Description = "Folder of the study [default: runs/<time>-<name>]" };
        var format = CommonOptions.Format("table", "json");
        var noReport = CommonOptions.NoReport("Make no report.html of the runs");
        var command = new Verb("study", "Run one of the studies of synchronous and asynchronous training.", More(studies)) { name, seed, output, format, noReport };
        command.SetAction((parsed, _) => parsed.GetValue(name) is { } given
            ? RunAsync(
                new StudyOptions
                {
                    Study = studies.First(study => study.Name == given),
                    Seed = parsed.GetValue(seed) ?? 1,
                    Folder = parsed.GetValue(output) ?? RunFolder.PathFor("runs", given, DateTime.Now),
                },
                parsed.GetValue(format),
                parsed.GetValue(noReport),
                host)
            : Task.FromResult(List(parsed.GetValue(format), host)));
        return command;
    }

    private static int List(string? format, CommandHost host)
    {
        if (format == "json")
        {
            host.Out.WriteLine(StudyCatalog.ToJson(host.Services.Studies));
            return ExitCode.Done;
        }

        foreach (var study in host.Services.Studies)
        {
            host.Out.WriteLine($"{study.Name,-14}{study.Question}");
        }

        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(StudyOptions options, string? format, bool noReport, CommandHost host)
    {
        using var said = host.SayWhenStopped("ending the study; Ctrl-C again ends at once");
        var report = await new StudyRunner(options, host.Error.WriteLine).RunAsync(host.Stop);
        if (!noReport)
        {
            await ReportEnd.OfRunsAsync(options.Folder, host);
        }

        if (format == "json")
        {
            host.Out.WriteLine(report.ToJson());
        }
        else
        {
            StudyText.Write(host.Out, report);
            host.Out.WriteLine($"study          {Path.Combine(options.Folder, StudyReport.FileName)}");
        }

        return ExitCode.Done;
    }

    private static string More(IReadOnlyList<Study> studies) =>
        $"""
        A study is a question, simulated runs with several seeds that answer it, and a conclusion drawn from their figures
        alone: where they say otherwise than theory, it says so. Times are virtual seconds; beside a measurement stands its
        standard error, and what theory says. The folder holds study.json with every curve, and all run folders. docs/studies
        has a page for each.

        Studies:
        {string.Join('\n', studies.Select(study => $"  {study.Name,-14}{study.Question}"))}

        Examples:
          distnet study
          distnet study stragglers
          distnet study learning-rate --seed 7 --output studies/rate --format json
        """;
}
