using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>A learning rate that is too high for the staleness of a run, as a line to be read: what is wrong, and which options would be stable.</summary>
public static class StabilityLine
{
    /// <summary>
    /// Such as "the learning rate 0.25 passes the limit of stability at staleness 7.0 and curvature 3.2 (0.0653): use --lr 0.065 or less, fewer lanes,
    /// --correction staleness-lr or --mode ssp:1".
    /// </summary>
    public static string Of(in RateJudged judged, RunPlan plan)
    {
        var verdict = judged.Verdict;
        var cures = CuresOf(verdict, plan, plan.Rules[judged.Rule]).ToArray();
        return Invariant($"the learning rate {verdict.Rate:G3} passes the limit of stability at staleness {verdict.Staleness:0.0} and curvature {verdict.Curvature:G3} ")
            + Invariant($"({verdict.StableRate:G3}): use {string.Join(", ", cures[..^1])}{(cures.Length > 1 ? " or " : "")}{cures[^1]}");
    }

    /// <summary>Schedules multiply the rate that is asked for, so the stable one is named in the same measure.</summary>
    private static IEnumerable<string> CuresOf(RateVerdict verdict, RunPlan plan, UpdateRule rule)
    {
        yield return Invariant($"--lr {RoundDown(plan.LearningRate.Rate * verdict.StableRate / verdict.Rate)} or less");
        if (plan.Lanes > 1 && IsStableAt(0))
        {
            yield return "fewer lanes";
        }

        if (rule.LaneWeights == LaneWeightsKind.Parameters && verdict.Rate / Math.Max(1, verdict.Staleness) < verdict.StableRate)
        {
            yield return "--correction staleness-lr";
        }

        if (verdict.Staleness > 1 && IsStableAt(1))
        {
            yield return "--mode ssp:1";
        }
        else if (IsStableAt(0))
        {
            yield return "--mode bsp";
        }

        bool IsStableAt(double staleness) =>
            verdict.Rate < DelayStability.GreatestRate(verdict.Curvature, staleness, plan.Optimizer.HeavyBall);
    }

    /// <summary>To two digits, so that what is named is never above what is stable.</summary>
    private static double RoundDown(double rate)
    {
        var digit = Math.Pow(10, Math.Floor(Math.Log10(rate)) - 1);
        return double.Parse(Invariant($"{Math.Floor(rate / digit) * digit:G2}"), System.Globalization.CultureInfo.InvariantCulture);
    }
}
