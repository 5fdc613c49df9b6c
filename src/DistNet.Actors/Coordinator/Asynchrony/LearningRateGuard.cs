using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Holds the learning rate to what is stable with gradients as late as they are (<see cref="DelayStability"/>), and says when curvature is to be measured
/// for that. Watches; decides nothing of the run.
/// </summary>
internal sealed class LearningRateGuard(RunPlan plan)
{
    /// <summary>Between two estimates each lane computes this many times what one takes: under SSP all wait for the worker that makes it.</summary>
    private const int Pause = 20;

    /// <summary>A warning is repeated when the stable rate has fallen to this part of what was told.</summary>
    private const double Worse = 0.5;

    private RulePhase _phase;
    private double? _curvature;
    private long _nextProbe;
    private int _warnedOf = -1;
    private double _told;

    /// <summary>The latest; null: there is none in this generation.</summary>
    public RateVerdict? Verdict { get; private set; }

    /// <summary>A generation begins: what was measured is of weights that may be gone.</summary>
    public void Open(RulePhase phase)
    {
        _phase = phase;
        _curvature = null;
        _nextProbe = 0;
        Verdict = null;
    }

    /// <summary>True when the curvature is to be measured now; the next time is then later.</summary>
    /// <param name="units">Units applied so far.</param>
    public bool TryProbe(long units)
    {
        if (units < _nextProbe || !HasLimit(plan, plan.Rules[_phase.Number]))
        {
            return false;
        }

        _nextProbe = units + ((long)Pause * CurvatureEstimate.UnitsOf(plan) * plan.Lanes);
        return true;
    }

    /// <param name="curvature">Greatest eigenvalue of the Hessian of the mean loss.</param>
    public void OnProbed(double curvature) => _curvature = curvature;

    /// <summary>Judges the rate where the run stands.</summary>
    /// <param name="progress">Where that is.</param>
    /// <param name="staleness">Mean of units; null: not known.</param>
    /// <returns>Null: nothing that could be judged.</returns>
    public RateJudged? Judge(in Progress progress, double? staleness)
    {
        if (staleness is not { } delay || _curvature is not { } measured || CurvatureOf(measured) is not (> 0 and < double.PositiveInfinity and var curvature))
        {
            return null;
        }

        var rate = LearningRate.At(plan.LearningRate, progress.Samples, plan.ScheduleSamples, UpdateSamples);
        Verdict = new RateVerdict(rate, delay, curvature, DelayStability.GreatestRate(curvature, delay, plan.Optimizer.HeavyBall));
        return new RateJudged(progress.Version, _phase.Number, Verdict, Warns(Verdict));
    }

    /// <summary>
    /// Whether the limit is known: gradients may be late and are applied as they are, by plain SGD or momentum. Adaptive optimisers have no rate
    /// to compare with; corrections are there to lift the limit; EASGD has limits of its own (Zhang et al. 2015).
    /// </summary>
    private static bool HasLimit(RunPlan plan, UpdateRule rule) =>
        rule.StalenessBound(plan.Lanes) != 0
        && rule.LaneWeights != LaneWeightsKind.Elastic
        && plan.Optimizer.Kind is OptimizerKind.Sgd or OptimizerKind.Momentum
        && plan.Correction.Kind == CorrectionKind.None;

    private int UpdateSamples =>
        Math.Max(1, ((SequencedRule)plan.Rules[_phase.Number]).UnitsPerUpdate(plan.Lanes) * plan.Schedule.BatchSize / plan.Lanes);

    /// <summary>Of what an update descends on: where the loss is a sum, that of all its samples, and the penalty.</summary>
    private double CurvatureOf(double mean) => (mean * UpdateSamples / plan.DivisorOf(UpdateSamples)) + plan.Penalty.L2;

    /// <summary>Curvature comes close to what a rate allows and stays there, so that every crossing would be told again and again.</summary>
    private bool Warns(RateVerdict verdict)
    {
        if (verdict.IsStable || (_warnedOf == _phase.Number && verdict.StableRate > Worse * _told))
        {
            return false;
        }

        (_warnedOf, _told) = (_phase.Number, verdict.StableRate);
        return true;
    }
}
