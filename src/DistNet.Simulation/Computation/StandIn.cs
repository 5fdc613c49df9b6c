using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Simulation;

/// <summary>
/// What the actors are given where an objective is minimised and no network trained: one linear layer of as many weights as the vector is
/// long, and shards of equal size.
/// </summary>
public static class StandIn
{
    /// <summary>A plan for an objective; rule, rate and length are the caller's to set.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="lanes">Logical workers.</param>
    /// <param name="servers">Parameter servers; at most one for each 1024 parameters is used.</param>
    /// <param name="seed">Of noise and samples.</param>
    /// <param name="unitSamples">Samples of a unit.</param>
    /// <param name="epochSteps">Global batches in an epoch.</param>
    public static RunPlan Plan(Objective objective, int lanes, int servers = 1, ulong seed = 1, int unitSamples = 1, int epochSteps = 1000)
    {
        var schedule = new BatchSchedule(lanes * unitSamples * epochSteps, lanes * unitSamples, lanes, seed, shuffle: false);
        return new RunPlan(Network(objective, servers), schedule, lanes, servers) { Seed = seed, Initializer = objective.Initializer };
    }

    /// <summary>The same run with an objective instead of its network: batches are full, and every lane has at least one sample.</summary>
    public static RunPlan Replace(RunPlan real, Objective objective, int servers)
    {
        var unitSamples = Math.Max(1, real.Schedule.BatchSize / real.Lanes);
        var epochSteps = Math.Max(1, real.Schedule.Samples / (unitSamples * real.Lanes));
        var plan = Plan(objective, real.Lanes, servers, real.Seed, unitSamples, epochSteps);
        return plan with
        {
            Rules = real.Rules,
            Correction = real.Correction,
            Optimizer = real.Optimizer,
            LearningRate = real.LearningRate,
            Penalty = real.Penalty,
            Clipping = real.Clipping,
            Epochs = real.Epochs,
            Steps = real.Steps,
            RecordSteps = real.RecordSteps,
        };
    }

    /// <summary>Makes what computes an objective for all workers of a run.</summary>
    public static IWorkRunner CreateRunner(RunPlan plan, Objective objective) =>
        new AnalyticRunner(plan, objective.CreateFunction(plan.Seed, plan.Layout.Length));

    private static NetworkSpec Network(Objective objective, int servers)
    {
        var length = objective.Dimension > 0 ? objective.Dimension : ((servers - 1) * ParameterLayout.BlockLength) + 1;
        return new NetworkSpec(length, [new DenseSpec(1, Activation.Identity, HasBias: false)], new LossSpec(LossKind.SquaredError));
    }
}
