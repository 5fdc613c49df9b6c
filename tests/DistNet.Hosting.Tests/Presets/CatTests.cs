using DistNet.TestKit;
using Xunit.Abstractions;

namespace DistNet.Hosting.Tests;

[Collection(PresetCollection.Name)]
public sealed class CatTests(ITestOutputHelper output)
{
    public static TheoryData<string, double> Systems => new()
    {
        { "logistic-cats", 0.68 },
        { "shallow-cats", 0.7 },
        { "deep-cats", 0.7 },
    };

    [SkippableTheory]
    [MemberData(nameof(Systems))]
    public void Learns_the_pictures_by_heart_and_tells_most_new_ones(string preset, double testAccuracy)
    {
        var run = PresetRun.Train(preset, "--data", $"idx:{TestData.Folder("cats")}");

        run.TrainAccuracy.ShouldBeGreaterThanOrEqualTo(0.98);
        run.Result.TestAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(testAccuracy);
    }

    [SkippableTheory]
    [MemberData(nameof(Systems))]
    public void Ten_seeds(string preset, double testAccuracy)
    {
        LongRuns.Require();
        var runs = PresetRun.TrainTenSeeds(preset, "--data", $"idx:{TestData.Folder("cats")}");

        output.WriteLine(string.Join(' ', runs.Select(run => $"{run.TrainAccuracy:P1}/{run.Result.TestAccuracy:P0}")));
        runs.Count(run => run.TrainAccuracy >= 0.98 && run.Result.TestAccuracy >= testAccuracy).ShouldBeGreaterThanOrEqualTo(5);
    }
}
