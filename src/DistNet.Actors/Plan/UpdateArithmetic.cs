using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// What a server does with what lanes push, in numbers. Gradients go through penalty, clipping and the run's optimiser. Elastic differences are
/// added as they are, which is plain SGD with rate 1 on their negative.
/// </summary>
internal sealed class UpdateArithmetic
{
    private readonly RunPlan _plan;
    private readonly bool _isElastic;

    public UpdateArithmetic(RunPlan plan, RulePhase phase)
    {
        _plan = plan;
        _isElastic = plan.Rules[phase.Number].LaneWeights == LaneWeightsKind.Elastic;
        Optimizer = Optimizer.Create(_isElastic ? new OptimizerSpec(OptimizerKind.Sgd) : plan.Optimizer);
        Clipping = _isElastic ? ClippingSpec.None : plan.Clipping;
        Penalty = _isElastic ? PenaltySpec.None
            : plan.Optimizer.Kind == OptimizerKind.AdamW ? plan.Penalty with { L2 = 0 }
            : plan.Penalty;
    }

    public Optimizer Optimizer { get; }

    /// <summary>Added to the gradient; AdamW's decay is not.</summary>
    public PenaltySpec Penalty { get; }

    public ClippingSpec Clipping { get; }

    /// <summary>What a sum over so many samples is divided by. Where a lane takes several steps an update counts as one of them.</summary>
    /// <param name="samples">Samples in the update.</param>
    /// <param name="steps">Steps of each lane in it; the last update of a run may have fewer than the rule's.</param>
    public float DivisorOf(int samples, int steps) => _isElastic ? 1 : _plan.DivisorOf(samples) / (steps > 1 && !IsSum ? (float)steps : 1);

    /// <summary>Rate and number of the update that follows.</summary>
    /// <param name="log">What was applied so far.</param>
    /// <param name="samples">Samples in the update.</param>
    /// <param name="steps">Steps of each lane in it.</param>
    public UpdateContext Next(in ApplyLog log, int samples, int steps) => _isElastic
        ? new UpdateContext(1, log.Version + 1)
        : new UpdateContext(
            LearningRate.At(_plan.LearningRate, log.Samples, _plan.ScheduleSamples, samples / steps),
            log.Version + 1,
            _plan.Optimizer.Kind == OptimizerKind.AdamW ? _plan.Penalty.L2 : 0);

    private bool IsSum => _plan.Network.Loss.Reduction == Reduction.Sum;
}
