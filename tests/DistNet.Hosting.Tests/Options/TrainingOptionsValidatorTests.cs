using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class TrainingOptionsValidatorTests
{
    [Fact]
    public void Defaults_are_valid() => TrainingOptionsValidator.Validate(new TrainingOptions()).ShouldBeEmpty();

    [Fact]
    public void Every_mistake_is_reported_with_its_option()
    {
        var options = new TrainingOptions
        {
            Data = "nothing",
            TestFraction = 1,
            Samples = 1,
            Noise = -1,
            Hidden = [4, 0],
            Dropout = 1,
            L1 = -1,
            L2 = -1,
            OutputActivation = Activation.Tanh,
            LearningRate = 0,
            Momentum = 1,
            Beta1 = -1,
            Beta2 = 1,
            Epsilon = 0,
            Warmup = 1,
            Batch = -1,
            ClipValue = 0,
            ClipNorm = 0,
            Epochs = 0,
            Workers = 0,
            Servers = -1,
            Threads = 0,
            Lanes = -2,
            EvalEvery = 0,
            CheckpointEvery = 0,
            TargetAccuracy = 2,
            Mode = "later",
            Correction = "never",
        };

        string[] expected =
        [
            "data", "test-fraction", "samples", "noise", "hidden", "dropout", "l1", "l2", "output-activation", "lr", "momentum", "beta1",
            "beta2", "epsilon", "warmup", "batch", "clip-value", "clip-norm", "epochs", "workers", "servers", "threads", "lanes",
            "eval-every", "checkpoint-every", "target-accuracy", "mode", "correction",
        ];
        var named = TrainingOptionsValidator.Validate(options).Select(problem => problem[2..problem.IndexOf(':')]);
        named.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Label_without_csv_is_a_mistake() =>
        TrainingOptionsValidator.Validate(new TrainingOptions { Label = "class" }).ShouldHaveSingleItem().ShouldStartWith("--label: is for --data csv:FILE");
}
