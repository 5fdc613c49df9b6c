using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>Checks update rules and corrections, and what goes with them.</summary>
internal static class ModeValidator
{
    /// <param name="o">The options.</param>
    /// <param name="lanes">Their number of lanes; where that is wrong itself, as many as there can be.</param>
    public static IEnumerable<string> Validate(TrainingOptions o, int lanes)
    {
        var hasCorrection = CorrectionSpec.TryParse(o.Correction, out var correction);
        if (!hasCorrection)
        {
            yield return $"--correction: must be {CorrectionSpec.Forms}, not {o.Correction}";
        }

        if (!RuleSchedule.TryParse(o.Mode, lanes, out var rules, out var problem))
        {
            yield return $"--mode: {o.Mode}: {problem}";
            yield break;
        }

        foreach (var misfit in Misfits(o, rules, hasCorrection ? correction : CorrectionSpec.None))
        {
            yield return misfit;
        }
    }

    private static IEnumerable<string> Misfits(TrainingOptions o, RuleSchedule rules, CorrectionSpec correction)
    {
        var all = Enumerable.Range(0, rules.Count).Select(number => rules[number]).ToArray();
        if (o.Steps is { } steps && rules.Count > 1 && rules.EndOf(rules.Count - 2) >= steps)
        {
            yield return $"--mode: the run ends at version {steps}, before its last rule begins; give more --steps, or an earlier version";
        }

        if (correction.Kind != CorrectionKind.None && !all.Any(IsCorrected))
        {
            yield return $"--correction: {o.Correction} is for asp, kasync and kbatchasync, whose gradients can be stale; the mode is {o.Mode}";
        }

        if (all.Any(rule => rule.LaneWeights == LaneWeightsKind.Elastic) && (o.Optimizer != OptimizerKind.Sgd || o.L1 > 0 || o.L2 > 0 || o.ClipNorm is not null || o.ClipValue is not null))
        {
            yield return "--mode: under easgd lanes take plain SGD steps and servers see no gradients: give --optimizer sgd, and no --l1, --l2, --clip-norm or --clip-value";
        }
    }

    /// <summary>Whether gradients that were computed on older parameters are applied as they are.</summary>
    private static bool IsCorrected(UpdateRule rule) => rule is AsynchronousRule or KAsyncRule or KBatchAsyncRule;
}
