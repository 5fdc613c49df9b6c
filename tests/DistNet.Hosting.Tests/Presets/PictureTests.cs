using DistNet.TestKit;
using Xunit.Abstractions;

namespace DistNet.Hosting.Tests;

[Collection(PresetCollection.Name)]
public sealed class PictureTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Softmax_regression_on_fashion()
    {
        var result = PresetRun.Train("softmax-28x28", "--data", Fashion()).Result;

        result.Parameters.ShouldBe(7850);
        result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(0.83);
    }

    /// <summary>It is there in the fourth of six epochs.</summary>
    [SkippableFact]
    public void Relu_layer_on_fashion() =>
        PresetRun.Train("relu-28x28", "--data", Fashion(), "--target-accuracy", "0.88").Result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(0.88);

    [SkippableFact]
    public void Relu_layer_on_digits()
    {
        LongRuns.Require();

        PresetRun.Train("relu-28x28", "--data", $"idx:{TestData.Folder("mnist")}").Result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [SkippableTheory]
    [InlineData("softmax-28x28", 0.83, 10)]
    [InlineData("relu-28x28", 0.88, 5)]
    public void Ten_seeds(string preset, double testAccuracy, int reaching)
    {
        LongRuns.Require();
        var accuracies = PresetRun.TrainTenSeeds(preset, "--data", Fashion()).Select(run => run.Result.TestAccuracy!.Value).ToArray();

        output.WriteLine(string.Join(' ', accuracies.Select(accuracy => $"{accuracy:P2}")));
        accuracies.Count(accuracy => accuracy >= testAccuracy).ShouldBeGreaterThanOrEqualTo(reaching);
    }

    private static string Fashion() => $"idx:{TestData.Folder("fashion-mnist")}";
}
