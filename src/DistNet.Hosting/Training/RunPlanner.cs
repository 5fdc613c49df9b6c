using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>From what was asked for and the data that were found to what the actors agree on.</summary>
public static class RunPlanner
{
    /// <summary>Time from cut to cut, unless steps are to be counted.</summary>
    public static readonly TimeSpan CutInterval = TimeSpan.FromSeconds(5);

    /// <summary>Throws <see cref="UsageException"/> where the options do not fit the data.</summary>
    public static RunPlan Plan(TrainingOptions options, DataSummary data)
    {
        RequireFit(options, data);
        var network = NetworkBuilder.Build(options, data.Info);
        var batch = options.Batch == TrainingOptions.FullBatch ? data.TrainSamples : options.Batch;
        if (!RuleSchedule.TryParse(options.Mode, options.LaneCount, out var rules, out var problem))
        {
            throw new UsageException($"--mode: {options.Mode}: {problem}");
        }

        CorrectionSpec.TryParse(options.Correction, out var correction);
        var schedule = new BatchSchedule(data.TrainSamples, batch, options.LaneCount, options.Seed, shuffle: true) { Sharding = options.Sharding };
        return new RunPlan(network, schedule, options.LaneCount, options.Servers)
        {
            Rules = rules,
            Correction = correction,
            Seed = options.Seed,
            Initializer = options.Init,
            Optimizer = options.OptimizerSpec,
            LearningRate = options.LearningRateSpec,
            Penalty = options.PenaltySpec,
            Clipping = options.ClippingSpec,
            Epochs = options.Epochs ?? 0,
            Steps = options.Steps,
            TestSamples = data.TestSamples,
            EvaluateEvery = options.EvalEvery,
            Cuts = new CutPolicy(true, options.CheckpointEvery, CutInterval),
            TargetAccuracy = options.TargetAccuracy,
            RecordSteps = options.RecordSteps,
            Records = true,
        };
    }

    private static void RequireFit(TrainingOptions options, DataSummary data)
    {
        var problems = new List<string>();
        if (options.Batch > data.TrainSamples)
        {
            problems.Add($"--batch: {options.Batch} is more than the {data.TrainSamples} training samples; give at most that, or full");
        }

        if (options.TargetAccuracy is not null && data.TestSamples == 0)
        {
            problems.Add("--target-accuracy: there is no test part to reach it on; give --test-fraction above 0");
        }

        if (data.Info.Classes < 2)
        {
            problems.Add("--data: the data have one class only; there is nothing to tell apart");
        }

        if (problems.Count > 0)
        {
            throw new UsageException(problems);
        }
    }
}
