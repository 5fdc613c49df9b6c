using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>From what was asked for and the data that were found to what the actors agree on.</summary>
public static class RunPlanner
{
    /// <summary>Time from cut to cut, unless steps are to be counted.</summary>
    public static readonly TimeSpan CutInterval = TimeSpan.FromSeconds(5);

    /// <summary>Throws <see cref="UsageException"/> where the options do not fit the data.</summary>
    public static RunPlan Plan(TrainingOptions options, LoadedData data)
    {
        RequireFit(options, data);
        var network = NetworkBuilder.Build(options, data.Train.Info);
        var batch = options.Batch == TrainingOptions.FullBatch ? data.Train.Count : options.Batch;
        var schedule = new BatchSchedule(data.Train.Count, batch, options.LaneCount, options.Seed, shuffle: true);
        return new RunPlan(network, schedule, options.LaneCount, options.Servers)
        {
            Rule = UpdateRules.Find(options.Mode)!,
            Seed = options.Seed,
            Initializer = options.Init,
            Optimizer = options.OptimizerSpec,
            LearningRate = options.LearningRateSpec,
            Penalty = options.PenaltySpec,
            Clipping = options.ClippingSpec,
            Epochs = options.Epochs ?? 0,
            Steps = options.Steps,
            TestSamples = data.Test?.Count ?? 0,
            EvaluateEvery = options.EvalEvery,
            Cuts = new CutPolicy(true, options.CheckpointEvery, CutInterval),
            TargetAccuracy = options.TargetAccuracy,
            RecordSteps = options.RecordSteps,
        };
    }

    private static void RequireFit(TrainingOptions options, LoadedData data)
    {
        var problems = new List<string>();
        if (options.Batch > data.Train.Count)
        {
            problems.Add($"--batch: {options.Batch} is more than the {data.Train.Count} training samples; give at most that, or full");
        }

        if (options.TargetAccuracy is not null && data.Test is null)
        {
            problems.Add("--target-accuracy: there is no test part to reach it on; give --test-fraction above 0");
        }

        if (data.Train.Info.Classes < 2)
        {
            problems.Add("--data: the data have one class only; there is nothing to tell apart");
        }

        if (problems.Count > 0)
        {
            throw new UsageException(problems);
        }
    }
}
