using Xunit.Abstractions;

namespace DistNet.Hosting.Tests;

/// <summary>Systems on data that come with the program.</summary>
[Collection(PresetCollection.Name)]
public sealed class SmallTableTests(ITestOutputHelper output)
{
    private const double Cancer = 0.92;
    private const double Digits = 0.96;

    [Fact]
    public void Deep_network_on_breast_cancer() =>
        PresetRun.Train("cancer-deep").Result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(Cancer);

    [Fact]
    public void Deep_network_stays_dead_when_weights_start_near_zero()
    {
        var run = PresetRun.Train("cancer-deep", "--init", "normal");

        run.Predict(run.Data.Test!).Classes.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Training_without_options_learns_the_digits() =>
        PresetRun.Train("").Result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(Digits);

    [SkippableTheory]
    [InlineData("cancer-deep", Cancer, 10)]
    [InlineData("", Digits, 8)]
    public void Ten_seeds(string preset, double testAccuracy, int reaching)
    {
        LongRuns.Require();
        var accuracies = PresetRun.TrainTenSeeds(preset).Select(run => run.Result.TestAccuracy!.Value).ToArray();

        output.WriteLine(string.Join(' ', accuracies.Select(accuracy => $"{accuracy:P2}")));
        accuracies.Count(accuracy => accuracy >= testAccuracy).ShouldBeGreaterThanOrEqualTo(reaching);
    }
}
