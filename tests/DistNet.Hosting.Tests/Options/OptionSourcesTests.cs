using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class OptionSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_source_the_defaults_train_digits()
    {
        var options = Load();

        options.ShouldBe(new TrainingOptions { Lanes = 2 });
        options.Data.ShouldBe("digits");
    }

    [Fact]
    public void Later_sources_win_in_the_order_of_the_generic_host()
    {
        var file = Config("""{ "preset": "relu-softmax", "lr": 0.2, "batch": 7, "seed": 3 }""");
        (string, string)[] environment = [("DISTNET_BATCH", "8"), ("DISTNET_LEARNING_RATE", "0.3"), ("DISTNET_TEST_DATA", "/x"), ("DISTNET_LONG", "1")];

        var options = Load([("config", file), ("lr", "0.4")], environment);

        options.Loss.ShouldBe(LossKind.SoftmaxCrossEntropy);
        options.Hidden.ShouldBe([24], "from the preset");
        options.Seed.ShouldBe(3UL, "from the file over the preset");
        options.Batch.ShouldBe(8, "from the environment over the file");
        options.LearningRate.ShouldBe(0.4f, "from the command line over the environment");
    }

    [Fact]
    public void A_preset_on_the_command_line_wins_over_the_files()
    {
        var file = Config("""{ "preset": "relu-softmax" }""");

        Load([("config", file), ("preset", "xor-table")]).Data.ShouldBe("xor-table");
    }

    [Theory]
    [InlineData("testFraction")]
    [InlineData("test-fraction")]
    [InlineData("TEST_FRACTION")]
    public void Config_keys_may_be_spelled_in_each_usual_way(string key) =>
        Load([("config", Config($$"""{ "{{key}}": 0.5 }"""))]).TestFraction.ShouldBe(0.5);

    [Fact]
    public void Steps_replace_the_epochs_of_an_earlier_source()
    {
        var options = Load([("preset", "xor-table"), ("steps", "20")]);

        options.Steps.ShouldBe(20);
        options.Epochs.ShouldBeNull();
    }

    [Fact]
    public void Steps_and_epochs_in_one_source_are_a_mistake() =>
        Problems([("steps", "20"), ("epochs", "2")]).ShouldBe(["--epochs, --steps: give one of them"]);

    [Fact]
    public void Mistakes_of_all_sources_are_reported_at_once_and_name_their_source()
    {
        var file = Config("""{ "hiden": [1], "batch": 0, "resume": "x" }""");

        var problems = Problems(
            [("config", file), ("lr", "fast"), ("workers", "0"), ("preset", "xor-tabel"), ("data", "digit")],
            [("DISTNET_OPTIMIZER", "adm")]);

        problems.ShouldBe(
            [
                "--preset: 'xor-tabel' is none of xor-table, perceptron-multiclass, relu-euclid, relu-softmax, logistic-cats, "
                    + "shallow-cats, deep-cats, softmax-28x28, relu-28x28, cancer-deep; did you mean xor-table?",
                $"'hiden' in {file} is no option; did you mean hidden?",
                $"'batch' in {file}: '0' is not 1 or more, or full",
                $"'resume' in {file}: --resume can be given on the command line only",
                "DISTNET_OPTIMIZER: 'adm' is not one of sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw; did you mean adam?",
                "--lr: 'fast' is not a number",
                $"--data: 'digit' is none of {DataSource.Forms}; did you mean digits?",
                "--workers: must be from 1 to 1024, not 0",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void A_config_file_that_is_missing_or_no_json_is_one_line()
    {
        Problems([("config", _folder.File("none.json"))]).ShouldHaveSingleItem().ShouldStartWith("--config: cannot read ");
        Problems([("config", Config("{ \"lr\": "))]).ShouldHaveSingleItem().ShouldContain("is not a JSON object of options");
        Problems([("config", Config("[1]"))]).ShouldHaveSingleItem().ShouldContain("is not a JSON object of options");
    }

    [Fact]
    public void The_effective_configuration_read_back_gives_equal_options()
    {
        var options = Load([("preset", "deep-cats"), ("data", "idx:cats"), ("clip-norm", "1.1"), ("lr", "0.0123456789"), ("workers", "3"), ("no-bias", ""), ("seed", "18446744073709551615")]);

        ReadBack(options).ShouldBe(options);
        options.Lanes.ShouldBe(3);
    }

    [Fact]
    public void A_network_without_hidden_layers_survives_the_round_trip()
    {
        var options = Load([("preset", "softmax-28x28"), ("data", "idx:pictures"), ("batch", "full"), ("steps", "5")]);
        options.Hidden.ShouldBeEmpty();

        ReadBack(options).ShouldBe(options);
    }

    [Fact]
    public void Resume_takes_the_stored_options_and_only_what_may_change()
    {
        var stored = Load([("lr", "0.25"), ("lanes", "8"), ("out", _folder.File("run"))]);
        var run = RunFolder.Create(stored, "digits", default);

        var resumed = Load([("resume", run.Root), ("workers", "4"), ("epochs", "50")], [("DISTNET_LR", "9")]);

        resumed.ShouldBe(stored with { Out = null, Resume = run.Root, Workers = 4, Epochs = 50 });
        Problems([("resume", run.Root), ("lr", "0.5"), ("seed", "2")]).Count.ShouldBe(2);
        Problems([("resume", _folder.File("other"))]).ShouldHaveSingleItem().ShouldStartWith("--resume: cannot read ");
    }

    private TrainingOptions ReadBack(TrainingOptions options) =>
        Load([("config", Config(EffectiveConfig.ToJson(options)))]) with { ConfigFile = null };

    private string Config(string json)
    {
        var path = _folder.File($"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, json);
        return path;
    }

    private static TrainingOptions Load((string, string)[]? commandLine = null, (string, string)[]? environment = null) =>
        TrainingOptionsLoader.Load(Pairs(commandLine), Pairs(environment));

    private static IReadOnlyList<string> Problems((string, string)[] commandLine, (string, string)[]? environment = null) =>
        Should.Throw<UsageException>(() => Load(commandLine, environment)).Problems;

    private static KeyValuePair<string, string>[] Pairs((string Key, string Value)[]? pairs) =>
        [.. (pairs ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value))];
}
