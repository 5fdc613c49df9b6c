using Xunit.Abstractions;

namespace DistNet.Hosting.Tests;

/// <summary>The three systems on the diagonal band: what a linear layer cannot do, and what squared error cannot do at a high rate.</summary>
[Collection(PresetCollection.Name)]
public sealed class DiagonalTests(ITestOutputHelper output)
{
    private const int Band = 1;

    [Fact]
    public void Linear_layer_is_half_right_and_hardly_ever_predicts_the_largest_class()
    {
        var run = PresetRun.Train("perceptron-multiclass");

        run.Result.TestAccuracy!.Value.ShouldBeInRange(0.45, 0.57);
        ShareOfBand(run.Data.Test!.Labels).ShouldBeInRange(0.45, 0.55);
        ShareOfBand(run.Predict(run.Data.Test).Classes).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Relu_with_squared_error_finds_the_band() =>
        PresetRun.Train("relu-euclid").Result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(0.7);

    [Fact]
    public void Relu_with_softmax_finds_it_and_over_ten_seeds_spreads_far_less_than_squared_error_at_its_rate()
    {
        var preset = Presets.Find("relu-softmax", out _)!.Options;

        var softmax = Accuracies(PresetRun.TrainTenSeeds("relu-softmax"));
        var euclid = Accuracies(PresetRun.TrainTenSeeds("relu-euclid", "--lr", $"{preset.LearningRate}"));

        softmax.ShouldAllBe(accuracy => accuracy >= 0.95);
        (softmax.Max() - softmax.Min()).ShouldBeLessThan((euclid.Max() - euclid.Min()) / 5);
    }

    [SkippableFact]
    public void Ten_seeds_of_the_linear_layer()
    {
        LongRuns.Require();
        var runs = PresetRun.TrainTenSeeds("perceptron-multiclass");

        output.WriteLine(string.Join(' ', runs.Select(run => $"{ShareOfBand(run.Predict(run.Data.Test!).Classes):P1}")));
        Accuracies(runs).ShouldAllBe(accuracy => accuracy >= 0.45 && accuracy <= 0.57);
        runs.Select(run => ShareOfBand(run.Predict(run.Data.Test!).Classes)).ShouldAllBe(share => share < 0.05);
    }

    [SkippableFact]
    public void Ten_seeds_of_relu_with_squared_error()
    {
        LongRuns.Require();

        Accuracies(PresetRun.TrainTenSeeds("relu-euclid")).ShouldAllBe(accuracy => accuracy >= 0.7);
    }

    private double[] Accuracies(IReadOnlyList<PresetRun> runs)
    {
        var accuracies = runs.Select(run => run.Result.TestAccuracy!.Value).ToArray();
        output.WriteLine(string.Join(' ', accuracies.Select(accuracy => $"{accuracy:P1}")));
        return accuracies;
    }

    private static double ShareOfBand(int[] classes) => classes.Count(label => label == Band) / (double)classes.Length;
}
