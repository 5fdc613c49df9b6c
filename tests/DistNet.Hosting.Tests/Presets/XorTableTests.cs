using Xunit.Abstractions;

namespace DistNet.Hosting.Tests;

[Collection(PresetCollection.Name)]
public sealed class XorTableTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.05;

    [Fact]
    public void Loss_never_rises_and_every_prediction_is_near_its_target()
    {
        var run = PresetRun.Train("xor-table", "--record-steps", "true");

        run.Result.LossHistory.Count.ShouldBe(1500);
        LargestRise(run).ShouldBeLessThanOrEqualTo(0);
        LargestError(run).ShouldBeLessThan(Tolerance);
    }

    [SkippableFact]
    public void Ten_seeds()
    {
        LongRuns.Require();
        var runs = PresetRun.TrainTenSeeds("xor-table", "--record-steps", "true");

        output.WriteLine(string.Join(' ', runs.Select(run => $"{LargestError(run):F4}/{LargestRise(run):E1}")));
        runs.ShouldAllBe(run => LargestError(run) < Tolerance && LargestRise(run) <= 0);
    }

    private static double LargestRise(PresetRun run) =>
        run.Result.LossHistory.Zip(run.Result.LossHistory.Skip(1), (before, after) => after - before).Max();

    private static double LargestError(PresetRun run) =>
        run.Predict(run.Data.Train).Outputs.Zip(run.Data.Train.Labels, (y, target) => Math.Abs(y - target)).Max();
}
