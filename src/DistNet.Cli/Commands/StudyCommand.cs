using System.CommandLine;
using System.Globalization;
using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Cli;

/// <summary><c>distnet study</c>.</summary>
internal static class StudyCommand
{
    public static Command Build(CommandHost host)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The study [default: list them]" };
        var seed = new Option<string>("--seed") { HelpName = "N", Description = "The first seed of every row [default: 1]" };
        var output = new Option<string>("--output") { HelpName = "DIR", Description = "Folder of the study [default: runs/<time>-<name>]" };
        var format = CommonOptions.Format("table", "json");
        var command = new Verb("study", "Run one of the studies of synchronous and asynchronous training.", More(host.Services.Studies)) { name, seed, output, format };
        command.SetAction((parsed, _) => parsed.GetValue(name) is { } given
            ? RunAsync(Options(host.Services.Studies, given, parsed.GetValue(seed), parsed.GetValue(output)), parsed.GetValue(format), host)
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

    private static StudyOptions Options(IReadOnlyList<Study> studies, string name, string? seed, string? folder)
    {
        var study = studies.FirstOrDefault(known => known.Name == name);
        var problems = new List<string>();
        if (study is null)
        {
            var names = studies.Select(known => known.Name).ToArray();
            problems.Add($"NAME: '{name}' is not one of {string.Join(", ", names)}{NameHint.For(name, names)}");
        }

        var first = 1ul;
        if (seed is not null && !ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out first))
        {
            problems.Add($"--seed: '{seed}' is not a whole number of 0 or more");
        }

        return problems.Count > 0
            ? throw new UsageException(problems)
            : new StudyOptions { Study = study!, Seed = first, Folder = folder ?? RunFolder.PathFor("runs", name, DateTime.Now) };
    }

    private static async Task<int> RunAsync(StudyOptions options, string? format, CommandHost host)
    {
        using var said = host.SayWhenStopped("ending the study; Ctrl-C again ends at once");
        var report = await new StudyRunner(options, host.Error.WriteLine).RunAsync(host.Stop);
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
