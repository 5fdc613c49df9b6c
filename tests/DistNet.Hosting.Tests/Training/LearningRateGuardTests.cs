using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DistNet.Learning;

namespace DistNet.Hosting.Tests;

/// <summary>Real networks on real data: what the guard says, and whether it is true.</summary>
public sealed partial class LearningRateGuardTests : IDisposable
{
    private static readonly TrainingOptions Asynchronous = TrainingRuns.Digits with { Mode = "asp", Workers = 4, Optimizer = OptimizerKind.Sgd, Steps = null };

    private readonly TrainingRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("asp", OptimizerKind.Sgd)]
    [InlineData("asp", OptimizerKind.Momentum)]
    [InlineData("kasync:2", OptimizerKind.Sgd)]
    public async Task A_rate_that_diverges_is_warned_of_and_the_one_that_is_named_does_not(string mode, OptimizerKind optimizer)
    {
        var options = Asynchronous with { Mode = mode, Optimizer = optimizer, LearningRate = 2, Epochs = 200 };
        var (diverged, notices) = await RunUntilToldAsync(options);
        diverged.TrainLoss.ShouldBeGreaterThan(2, "worse than guessing among ten");
        var named = RateIn(notices.ShouldHaveSingleItem());
        named.ShouldBeInRange(1e-3f, 1);
        var json = JsonDocument.Parse(diverged.ToJson()).RootElement;
        json.GetProperty("curvature").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("stableLearningRate").GetDouble().ShouldBeGreaterThan(0);
        MetricsReader.Epochs(RunFolder.Open(diverged.Run).MetricsPath)[^1].StableLearningRate.ShouldNotBeNull();

        var cured = await _runs.RunAsync(options with { LearningRate = named, Epochs = 20 });
        cured.TrainLoss.ShouldBeLessThan(0.5);
        cured.TestAccuracy!.Value.ShouldBeGreaterThan(0.85);
    }

    /// <summary>Ends the run once it has been told something, and has gone on for a while.</summary>
    private async Task<(TrainingResult Result, List<string> Notices)> RunUntilToldAsync(TrainingOptions options)
    {
        using var stop = new CancellationTokenSource();
        Watcher watcher = null!;
        var told = 0L;
        watcher = new Watcher
        {
            OnStep = step =>
            {
                told = told == 0 && watcher.Notices.Count > 0 ? step.Version : told;
                if (told > 0 && step.Version > told + 500)
                {
                    stop.Cancel();
                }
            },
        };
        return (await _runs.RunAsync(options, watcher, stop.Token), watcher.Notices);
    }

    private static float RateIn(string line) => float.Parse(Named().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"use --lr (\S+) or less")]
    private static partial Regex Named();
}
