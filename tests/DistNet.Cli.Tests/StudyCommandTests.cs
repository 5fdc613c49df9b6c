using System.Text.Json.Nodes;
using DistNet.Lab;

namespace DistNet.Cli.Tests;

public sealed class StudyCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly CommandRunner _runner = new() { Studies = [new JitterStudy { Clocks = 100, Slacks = [0, 2] }] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_name_studies_are_listed_with_their_questions()
    {
        var runner = new CommandRunner();
        (await runner.RunAsync("study")).ShouldBe(ExitCode.Done);
        string[] names = ["stragglers", "learning-rate", "jitter", "momentum", "local-sgd"];
        var lines = runner.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => line.Split(' ')[0]).ShouldBe(names);
        lines.ShouldAllBe(line => line.TrimEnd().EndsWith('?'));
        var asJson = new CommandRunner();
        await asJson.RunAsync("study", "--format", "json");
        JsonNode.Parse(asJson.Out)!["studies"]!.AsArray().Select(study => study!["name"]!.GetValue<string>()).ShouldBe(names);
    }

    [Fact]
    public async Task A_study_prints_question_table_conclusion_and_commands()
    {
        var folder = Path.Combine(_folder, "study");
        (await _runner.RunAsync("study", "jitter", "--output", folder)).ShouldBe(ExitCode.Done, _runner.Error);
        _runner.Out.ShouldStartWith("What does SSP cure");
        _runner.Out.ShouldContain("Conclusion");
        _runner.Out.ShouldContain(Path.Combine(folder, "study.json"));
        _runner.ErrorLines.Length.ShouldBe(6);
        _runner.ErrorLines[5].ShouldStartWith("6/6 ");
    }

    [Fact]
    public async Task Every_run_of_a_study_has_a_report_unless_none_is_wanted()
    {
        var reported = new List<string>();
        var runner = _runner with { Report = (run, _) => Task.FromResult(Add(reported, run)) };
        await runner.RunAsync("study", "jitter", "--no-report", "--output", Path.Combine(_folder, "without"));
        reported.ShouldBeEmpty();
        await runner.RunAsync("study", "jitter", "--output", Path.Combine(_folder, "with"));
        reported.Count.ShouldBe(Directory.GetFiles(Path.Combine(_folder, "with"), "config.json", SearchOption.AllDirectories).Length);

        static string Add(List<string> reported, string run)
        {
            reported.Add(run);
            return run;
        }
    }

    [Fact]
    public async Task The_command_of_a_row_repeats_it()
    {
        (await _runner.RunAsync("study", "jitter", "--seed", "3", "--format", "json", "--output", Path.Combine(_folder, "study"))).ShouldBe(ExitCode.Done, _runner.Error);
        var row = JsonNode.Parse(_runner.Out)!["tables"]![1]!["rows"]![2]!;
        var byHand = new CommandRunner();
        var words = row["command"]!.GetValue<string>().Split(' ')[1..];
        (await byHand.RunAsync([.. words, "--format", "json", "--quiet", "--out", Path.Combine(_folder, "by-hand")])).ShouldBe(ExitCode.Done, byHand.Error);
        var (run, repeated) = (row["runs"]![0]!, JsonNode.Parse(byHand.Out)!);
        repeated["mode"]!.GetValue<string>().ShouldBe("asp");
        repeated["seconds"]!.GetValue<double>().ShouldBe(run["seconds"]!.GetValue<double>());
        repeated["weightsSha256"]!.GetValue<string>().ShouldBe(run["weightsSha256"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("NAME: 'momentun' is not one of stragglers, learning-rate, jitter, momentum, local-sgd; did you mean momentum?", "momentun")]
    [InlineData("--seed: '-1' is not a whole number of 0 or more", "jitter", "--seed=-1")]
    [InlineData("--format: 'xml' is not one of table, json", "jitter", "--format", "xml")]
    public async Task Wrong_usage_is_said_in_one_message(string why, params string[] args)
    {
        var runner = new CommandRunner();
        (await runner.RunAsync(["study", .. args])).ShouldBe(ExitCode.WrongUsage);
        runner.ErrorLines.ShouldHaveSingleItem().ShouldBe($"distnet: {why}");
    }
}
