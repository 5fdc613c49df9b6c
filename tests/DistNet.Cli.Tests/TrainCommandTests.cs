using System.Text.Json;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Cli.Tests;

public sealed class TrainCommandTests
{
    private static readonly string[] ResultFields =
    [
        "run", "mode", "workers", "servers", "lanes", "epochs", "steps", "samples", "seconds", "samplesPerSecond", "trainLoss", "testLoss",
        "testAccuracy", "weightsSha256", "parameters", "stalenessMean", "ledger", "lossHistory", "stopped",
    ];

    [Fact]
    public async Task Options_of_the_command_line_reach_the_session()
    {
        var runner = new CommandRunner { Environment = [new("DISTNET_SEED", "9")] };

        (await runner.RunAsync("train", "--hidden", "512,256", "--learning-rate=1e-3", "--no-bias", "--batch", "full", "--steps", "5", "--mode", "async", "--header", "--data", "csv:a.csv"))
            .ShouldBe(0, runner.Error);

        runner.Trained.ShouldBe(new TrainingOptions
        {
            Hidden = [512, 256],
            LearningRate = 1e-3f,
            NoBias = true,
            Batch = TrainingOptions.FullBatch,
            Epochs = null,
            Steps = 5,
            Mode = "asp",
            Header = true,
            Data = "csv:a.csv",
            Seed = 9,
            Lanes = 2,
        });
    }

    [Fact]
    public void Every_option_of_the_issue_is_there()
    {
        const string Names =
            "preset data test-fraction scale hidden activation loss init init-from init-sha256 dropout l2 optimizer lr schedule batch epochs steps workers servers lanes "
            + "clip-value clip-norm checkpoint-every mode correction seed out resume config format no-bias reduction l1 momentum beta1 beta2 epsilon warmup "
            + "label header samples noise threads eval-every target-accuracy record-steps print-config quiet no-report";

        OptionTable.Entries.Select(entry => entry.Name).ShouldBe(Names.Split(' ').Concat(["output-activation", "sharding"]), ignoreOrder: true);
    }

    [Fact]
    public async Task Text_prints_progress_on_stderr_and_the_result_on_stdout()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("train")).ShouldBe(0);

        runner.ErrorLines.Length.ShouldBe(5);
        runner.ErrorLines[1].ShouldBe("epoch 1/3  train loss 1.0000  test loss 0.5000  accuracy 90.00 %  2000 samples/s");
        runner.Out.ShouldContain("SHA-256        ab");
        runner.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Eval_every_thins_the_lines_but_not_the_last()
    {
        var runner = new CommandRunner();

        await runner.RunAsync("train", "--eval-every", "2");

        runner.ErrorLines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).Select(line => line[..9]).ShouldBe(["epoch 2/3", "epoch 3/3"]);
    }

    [Fact]
    public async Task Format_json_prints_exactly_one_object_with_the_documented_fields()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("train", "--format", "json", "--quiet")).ShouldBe(0);

        using var json = JsonDocument.Parse(runner.Out);
        json.RootElement.EnumerateObject().Select(field => field.Name).ShouldBe(ResultFields);
        json.RootElement.GetProperty("ledger").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["planned", "applied", "dropped", "pending", "redispatched", "rolledBack"]);
        runner.Error.ShouldBe("distnet: a notice\n");
    }

    [Fact]
    public async Task A_stopped_run_says_how_to_go_on_and_exits_130_with_its_object()
    {
        var runner = new CommandRunner { Stop = new CancellationToken(canceled: true) };

        (await runner.RunAsync("train", "--format", "json")).ShouldBe(130);

        JsonDocument.Parse(runner.Out).RootElement.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        runner.ErrorLines[^1].ShouldBe("distnet: stopped with a checkpoint; go on with: distnet train --resume runs/x");
    }

    [Fact]
    public async Task Print_config_prints_what_can_be_read_back_and_trains_nothing()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("train", "--preset", "xor-table", "--print-config")).ShouldBe(0);

        runner.Trained.ShouldBeNull();
        using var json = JsonDocument.Parse(runner.Out);
        json.RootElement.GetProperty("loss").GetString().ShouldBe("squared");
        json.RootElement.GetProperty("batch").GetString().ShouldBe("full");
        json.RootElement.GetProperty("lr").GetSingle().ShouldBe(2);
    }

    [Fact]
    public async Task All_mistakes_are_clear_lines_and_exit_2()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("train", "--batch", "0", "--workers", "-1", "--preset", "deepcats", "--lr", "x")).ShouldBe(2);

        runner.Trained.ShouldBeNull();
        runner.Out.ShouldBeEmpty();
        runner.ErrorLines.Length.ShouldBe(4);
        runner.ErrorLines.ShouldAllBe(line => line.StartsWith("distnet: --", StringComparison.Ordinal));
        runner.Error.ShouldContain("--workers: must be from 1 to 1024, not -1");
        runner.Error.ShouldContain("did you mean deep-cats?");
    }

    [Fact]
    public async Task A_failed_run_is_one_line_and_exits_1()
    {
        var runner = new CommandRunner { Failure = new TrainingFailedException("the loss became NaN at step 3") };

        (await runner.RunAsync("train")).ShouldBe(1);

        runner.Error.ShouldBe("distnet: the loss became NaN at step 3\n");
    }

    [Fact]
    public async Task Bad_data_is_one_line_and_exits_2()
    {
        var runner = new CommandRunner { Failure = new DataFormatException("a.csv", $"line 3: ragged") };

        (await runner.RunAsync("train")).ShouldBe(2);

        runner.Error.ShouldBe("distnet: a.csv: line 3: ragged\n");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("1", 2)]
    public async Task The_unexpected_is_one_line_with_a_hint_and_the_stack_on_request(string debug, int leastLines)
    {
        var runner = new CommandRunner { Failure = new InvalidOperationException("odd\nsecond line"), Environment = [new("DISTNET_DEBUG", debug)] };

        (await runner.RunAsync("train")).ShouldBe(1);

        runner.ErrorLines[0].ShouldBe("distnet: unexpected: odd; DISTNET_DEBUG=1 shows the stack");
        (runner.ErrorLines.Length >= leastLines && (leastLines > 1 || runner.ErrorLines.Length == 1)).ShouldBeTrue(runner.Error);
    }
}
