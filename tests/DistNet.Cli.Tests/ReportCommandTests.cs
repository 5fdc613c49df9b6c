using DistNet.Hosting;
using DistNet.Reporting;

namespace DistNet.Cli.Tests;

public sealed class ReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly List<string> _made = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_ends_with_its_report_and_keeps_its_command()
    {
        var runner = Runner() with { Environment = [new("DISTNET_LR", "0.5"), new("DISTNET_TOKEN", "secret"), new("HOME", "x")] };
        (await runner.RunAsync("train", "--data", "csv:my flowers.csv")).ShouldBe(ExitCode.Done);
        _made.ShouldBe([_folder]);
        runner.Out.ShouldContain($"report         {_folder}/report.html");
        File.ReadAllText(Path.Combine(_folder, RunFolder.CommandName)).ShouldBe("DISTNET_LR=0.5 distnet train --data 'csv:my flowers.csv'\n");
    }

    [Theory]
    [InlineData("--no-report")]
    [InlineData("--no-report", "--format", "json")]
    public async Task Without_one_only_the_command_is_kept(params string[] more)
    {
        var runner = Runner();
        (await runner.RunAsync(["train", .. more])).ShouldBe(ExitCode.Done);
        _made.ShouldBeEmpty();
        runner.Out.ShouldNotContain("report.html");
        File.Exists(Path.Combine(_folder, RunFolder.CommandName)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_report_that_cannot_be_made_costs_a_line_and_not_the_run()
    {
        var runner = Runner() with { Report = (_, _) => throw new InvalidOperationException("no room\nleft") };
        (await runner.RunAsync("train", "--quiet")).ShouldBe(ExitCode.Done);
        runner.ErrorLines[^1].ShouldBe($"distnet: no report was made: no room; distnet report --run {_folder} tries again");
        runner.Out.ShouldContain("SHA-256");
        runner.Out.ShouldNotContain("report  ");
    }

    /// <summary>Whoever follows a cluster's run fetches the report with the folder, and may not have the data.</summary>
    [Fact]
    public async Task A_report_that_came_with_the_folder_is_kept()
    {
        File.WriteAllText(Path.Combine(_folder, ReportMaker.FileName), "made elsewhere");
        var runner = Runner();
        (await runner.RunAsync("train")).ShouldBe(ExitCode.Done);
        _made.ShouldBeEmpty();
        runner.Out.ShouldContain($"report         {_folder}/report.html");
    }

    [Fact]
    public async Task A_comparison_ends_with_its_report()
    {
        var runner = Runner() with { RunPath = "runs/x" };
        var folder = Path.Combine(_folder, "comparison");
        (await runner.RunAsync("compare", "bsp", "--seeds", "1", "--out", folder)).ShouldBe(ExitCode.Done);
        _made.ShouldBe([folder]);
        runner.Out.ShouldContain($"report         {folder}/report.html");
    }

    [Fact]
    public async Task It_is_made_again_when_asked_for()
    {
        var runner = Runner();
        (await runner.RunAsync("report", "--run", _folder)).ShouldBe(ExitCode.Done);
        runner.Out.ShouldBe($"{_folder}/report.html\n");
        var real = Runner() with { Report = ReportMaker.MakeAllAsync };
        (await real.RunAsync("report", "--run", _folder)).ShouldBe(ExitCode.WrongUsage);
        real.ErrorLines.ShouldHaveSingleItem().ShouldContain("is not a run folder");
    }

    private CommandRunner Runner() => new()
    {
        RunPath = _folder,
        Report = (folder, _) =>
        {
            _made.Add(folder);
            return Task.FromResult(Path.Combine(folder, ReportMaker.FileName));
        },
    };
}
