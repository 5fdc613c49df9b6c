using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Simulation;

/// <summary>What decides the bits of a run. Servers, workers, cuts and faults do not belong to it.</summary>
internal sealed record Scenario(string Rule, int Lanes, OptimizerKind Optimizer, float? ClipNorm, double? TargetAccuracy)
{
    public const int Samples = 22;
    public const int Epochs = 4;

    /// <summary>Updates in all, under a barrier rule: four batches of at most six samples an epoch.</summary>
    public const int Versions = 16;

    public RunPlan Plan(int servers, CutPolicy cuts, long? steps = null) => new(
        new NetworkSpec(37, [new DenseSpec(41, Activation.Tanh), new DenseSpec(29, Activation.Identity, HasBias: false)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(Samples, batchSize: 6, Lanes, seed: 3, shuffle: true),
        Lanes,
        servers)
    {
        Rules = RuleSchedule.Parse(Rule, Lanes),
        Seed = 11,
        Initializer = InitializerKind.Xavier,
        Optimizer = new OptimizerSpec(Optimizer),
        LearningRate = new LearningRateSpec(Optimizer is OptimizerKind.Sgd or OptimizerKind.Momentum or OptimizerKind.Nesterov ? 0.05f : 0.005f),
        Penalty = new PenaltySpec(L2: 0.01f),
        Clipping = new ClippingSpec(Norm: ClipNorm),
        Epochs = Epochs,
        Steps = steps,
        TestSamples = 600,
        EvaluateEvery = 1,
        Cuts = cuts,
        TargetAccuracy = TargetAccuracy,
    };
}
