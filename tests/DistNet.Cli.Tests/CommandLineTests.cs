using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "distnet train")]
    [InlineData("--help", "evaluate")]
    [InlineData("train --help", "--preset cancer-deep")]
    [InlineData("evaluate --help", "distnet evaluate --run")]
    [InlineData("predict --help", "distnet predict --run")]
    [InlineData("export --help", "distnet export --run")]
    [InlineData("data --help", "describe")]
    [InlineData("data describe --help", "distnet data describe digits")]
    [InlineData("health --help", "distnet health --node")]
    [InlineData("doctor --help", "distnet doctor --format")]
    [InlineData("bench --help", "step")]
    [InlineData("bench core --help", "distnet bench core --against openblas")]
    [InlineData("bench step --help", "distnet bench step --rounds")]
    public async Task Help_is_printed_with_examples(string line, string expected)
    {
        var runner = new CommandRunner();

        (await runner.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(0, runner.Error);

        runner.Out.ShouldContain(expected);
        runner.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("train --optimiser adam", "distnet: --optimiser: distnet train has no such option; did you mean --optimizer?")]
    [InlineData("trian", "distnet: trian: distnet has no such command; did you mean train?")]
    [InlineData("data lst", "distnet: lst: distnet data has no such command; did you mean list?")]
    [InlineData("train digits", "distnet: digits: distnet train has no such argument")]
    [InlineData("data describe digit", "distnet: data describe: there is no digit; did you mean digits?")]
    [InlineData("evaluate --run /nowhere/x", "distnet: /nowhere/x is not a run folder: it has no config.json")]
    [InlineData("evaluate", "distnet: Option '--run' is required.")]
    [InlineData("train --lr", "distnet: Required argument missing for option: '--lr'.")]
    public async Task Wrong_usage_is_one_clear_line_and_exits_2(string line, string expected)
    {
        var runner = new CommandRunner();

        (await runner.RunAsync(line.Split(' '))).ShouldBe(2);

        runner.ErrorLines.ShouldBe([expected]);
        runner.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Evaluate_prints_text_or_one_object()
    {
        var run = MakeRun();
        var (text, json) = (new CommandRunner(), new CommandRunner());

        (await text.RunAsync("evaluate", "--run", run)).ShouldBe(0, text.Error);
        (await json.RunAsync("evaluate", "--run", run, "--data", "iris", "--format", "json")).ShouldBe(0, json.Error);

        text.Out.ShouldBe("digits: 4 samples, loss 0.2500, accuracy 75.00 % (version 7)\n");
        JsonDocument.Parse(json.Out).RootElement.GetProperty("data").GetString().ShouldBe("iris");
    }

    [Fact]
    public async Task Evaluate_refuses_data_and_formats_that_do_not_exist()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("evaluate", "--run", MakeRun(), "--data", "irs", "--format", "jsn")).ShouldBe(2);

        runner.Error.ShouldContain("--format: 'jsn' is not one of text, json; did you mean json?");
    }

    [Fact]
    public async Task Predict_writes_csv_or_json_with_probabilities()
    {
        var run = MakeRun();
        var file = Path.Combine(_folder, "out.json");
        var (csv, json) = (new CommandRunner(), new CommandRunner());

        (await csv.RunAsync("predict", "--run", run, "--input", "x.csv")).ShouldBe(0, csv.Error);
        (await json.RunAsync("predict", "--run", run, "--input", "x.csv", "--output", file, "--format", "json")).ShouldBe(0, json.Error);

        csv.Out.ReplaceLineEndings("\n").ShouldBe("row,class,p(no),\"p(yes, sir)\"\n0,\"yes, sir\",0.25,0.75\n1,no,1,0\n");
        json.Out.ShouldBeEmpty();
        var rows = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        rows[0].GetProperty("class").GetString().ShouldBe("yes, sir");
        rows[0].GetProperty("probabilities").GetProperty("no").GetSingle().ShouldBe(0.25f);
    }

    [Fact]
    public async Task Data_list_and_describe_print_the_catalogue()
    {
        var (list, describe) = (new CommandRunner(), new CommandRunner());

        (await list.RunAsync("data", "list")).ShouldBe(0, list.Error);
        (await describe.RunAsync("data", "describe", "digits")).ShouldBe(0, describe.Error);

        list.Out.ShouldBe("digits          handwritten digits\niris            iris flowers\n");
        describe.Out.ShouldContain("  features  64 (8 x 8)");
    }

    private string MakeRun() => RunFolder.Create(new TrainingOptions { Out = Path.Combine(_folder, "run"), Lanes = 2 }, "digits", default).Root;
}
