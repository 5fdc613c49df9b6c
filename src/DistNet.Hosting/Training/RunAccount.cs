using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>What is said of a run at its beginning and its end, whoever hosts it.</summary>
public static class RunAccount
{
    /// <summary>The run's short name, for its folder.</summary>
    public static string NameOf(TrainingOptions options, DataSummary data) => options.Preset ?? data.Info.Name;

    /// <summary>Epochs planned; where steps are, the last one perhaps begun only.</summary>
    public static int EpochsOf(RunPlan plan) => plan.Steps is null
        ? plan.Epochs
        : (int)((plan.ScheduleSamples + plan.Schedule.Samples - 1) / plan.Schedule.Samples);

    public static RunDescription Describe(TrainingOptions options, DataSummary data, RunPlan plan, string run, long firstVersion) => new(
        run,
        NetworkBuilder.Describe(options, plan.Network),
        plan.Layout.Length,
        data.Info.Name,
        data.TrainSamples,
        data.TestSamples,
        plan.Rules.Name,
        options.Workers,
        options.Servers,
        plan.Lanes,
        EpochsOf(plan),
        plan.TotalVersions(default),
        firstVersion);

    /// <param name="options">What was asked for.</param>
    /// <param name="plan">What became of it.</param>
    /// <param name="run">Path of the run folder.</param>
    /// <param name="observer">Has seen the run complete.</param>
    /// <param name="elapsed">Wall time of the whole run.</param>
    public static TrainingResult Result(TrainingOptions options, RunPlan plan, string run, RunObserver observer, TimeSpan elapsed)
    {
        var summary = observer.Summary!;
        return new TrainingResult
        {
            Run = run,
            Mode = plan.Rules.Name,
            Workers = options.Workers,
            Servers = options.Servers,
            Lanes = plan.Lanes,
            Epochs = summary.History.Epochs.Count,
            Steps = summary.Version,
            Samples = summary.Samples,
            Seconds = elapsed.TotalSeconds,
            SamplesPerSecond = summary.SamplesPerSecond,
            TrainLoss = summary.TrainLoss,
            TestLoss = summary.TestLoss,
            TestAccuracy = summary.TestAccuracy,
            WeightsSha256 = observer.WeightsSha256!,
            Parameters = plan.Layout.Length,
            StalenessMean = summary.StalenessMean,
            Staleness = observer.Asynchrony.Staleness,
            Drift = observer.Asynchrony.Drift,
            ImplicitMomentum = observer.Asynchrony.ImplicitMomentum,
            Curvature = observer.Asynchrony.Curvature,
            StableLearningRate = observer.Asynchrony.StableLearningRate,
            Waiting = observer.Asynchrony.Waiting,
            Ledger = LedgerReport.Of(summary.Ledger),
            LossHistory = plan.RecordSteps ? summary.History.Steps : summary.History.Epochs,
            Stopped = summary.Stopped,
            TestLossHistory = observer.TestLosses,
            TestAccuracyHistory = observer.TestAccuracies,
        };
    }
}
