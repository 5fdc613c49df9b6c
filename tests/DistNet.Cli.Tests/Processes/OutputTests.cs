using System.Text.Json;

namespace DistNet.Cli.Tests;

/// <summary>What the real program prints where.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task Json_is_exactly_one_object_on_stdout_with_the_fields_of_the_contract()
    {
        string[] args = ["train", "--data", "iris", "--hidden", "8", "--batch", "16", "--epochs", "3", "--workers", "3", "--servers", "1", "--format", "json"];

        var outcome = await CommandProcess.RunAsync(_folder, args);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Out.ShouldStartWith("{");
        outcome.Out.ShouldEndWith("}\n");
        var result = JsonDocument.Parse(outcome.Out).RootElement;
        result.EnumerateObject().Select(field => field.Name).ShouldBe(
            [
                "run", "mode", "workers", "servers", "lanes", "epochs", "steps", "samples", "seconds", "samplesPerSecond", "trainLoss", "testLoss",
                "testAccuracy", "weightsSha256", "parameters", "stalenessMean", "ledger", "lossHistory", "stopped", "waiting",
            ],
            ignoreOrder: true);
        result.GetProperty("ledger").GetRawText().ShouldBe("""{"planned":360,"applied":360,"dropped":0,"pending":0,"redispatched":0,"rolledBack":0}""");
        result.GetProperty("lanes").GetInt32().ShouldBe(3);
        result.GetProperty("parameters").GetInt32().ShouldBe((4 * 8) + 8 + (8 * 3) + 3);
        result.GetProperty("lossHistory").GetArrayLength().ShouldBe(3);
        result.GetProperty("weightsSha256").GetString()!.ShouldMatch("^[0-9a-f]{64}$");
        var run = Path.Combine(_folder, result.GetProperty("run").GetString()!);
        (await File.ReadAllTextAsync(Path.Combine(run, "result.json")) + "\n").ShouldBe(outcome.Out);
        (await File.ReadAllTextAsync(Path.Combine(run, "report.html"))).ShouldContain($"distnet {string.Join(' ', args)}");
        outcome.ErrorLines.Length.ShouldBe(4, outcome.Error);
        outcome.ErrorLines[1..].Select(line => line[..9]).ShouldBe(["epoch 1/3", "epoch 2/3", "epoch 3/3"]);
    }

    [Fact]
    public async Task Record_steps_gives_a_loss_for_every_step_and_quiet_nothing_on_stderr()
    {
        string[] args = ["train", "--data", "iris", "--batch", "16", "--steps", "11", "--record-steps", "--quiet", "--format", "json"];

        var outcome = await CommandProcess.RunAsync(_folder, args);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        JsonDocument.Parse(outcome.Out).RootElement.GetProperty("lossHistory").GetArrayLength().ShouldBe(11);
        outcome.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false, 0.125)]
    [InlineData(true, false, 0.25)]
    [InlineData(true, true, 0.5)]
    public async Task Command_line_beats_environment_beats_file(bool inEnvironment, bool onCommandLine, double expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "run.json"), """{ "lr": 0.125, "seed": 5 }""");
        string[] args = ["train", "--config", "run.json", "--print-config", .. onCommandLine ? ["--lr", "0.5"] : Array.Empty<string>()];
        KeyValuePair<string, string>[] environment = inEnvironment ? [new("DISTNET_LR", "0.25")] : [];

        var outcome = await CommandProcess.RunAsync(_folder, args, environment);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var config = JsonDocument.Parse(outcome.Out).RootElement;
        config.GetProperty("lr").GetDouble().ShouldBe(expected);
        config.GetProperty("seed").GetInt32().ShouldBe(5);
        Directory.Exists(Path.Combine(_folder, "runs")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("bsp", "1")]
    [InlineData("bsp", "3")]
    [InlineData("asp", "2")]
    public async Task A_loss_that_is_not_finite_ends_with_step_layer_and_advice_and_exit_1(string mode, string workers)
    {
        string[] args = ["train", "--lr", "1e10", "--loss", "squared", "--activation", "relu", "--mode", mode, "--workers", workers, "--quiet", "--format", "json"];

        var outcome = await CommandProcess.RunAsync(_folder, args);

        outcome.ExitCode.ShouldBe(1, outcome.Error);
        outcome.Out.ShouldBeEmpty();

        Directory.GetFiles(_folder, "report.html", SearchOption.AllDirectories).ShouldHaveSingleItem();
        File.ReadAllLines(Directory.GetFiles(_folder, "command.txt", SearchOption.AllDirectories).ShouldHaveSingleItem()).ShouldHaveSingleItem().ShouldStartWith("distnet train --lr 1e10");

        // A machine that stands still for two seconds is told of too.
        outcome.ErrorLines.Where(line => !line.Contains("waiting for", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldMatch("^distnet: .*layer [0-9]+ is not finite at step [0-9]+\\. Lower the learning rate \\(--lr\\)");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
