namespace DistNet.Learning;

/// <summary>The learning rate of an update.</summary>
public static class LearningRate
{
    /// <summary>The rate of an update that is applied after <paramref name="samplesApplied"/> samples.</summary>
    /// <param name="spec">The schedule.</param>
    /// <param name="samplesApplied">Samples applied before this update; past the end of the run counts as its end.</param>
    /// <param name="samplesPlanned">Samples of the whole run, at least 1.</param>
    /// <param name="samplesOfUpdate">Samples of this update. Warm-up counts them, so that no update has rate 0; the
    /// shape after it does not, so that the last update of a cosine has a rate above 0.</param>
    public static float At(LearningRateSpec spec, long samplesApplied, long samplesPlanned, long samplesOfUpdate = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samplesApplied);
        ArgumentOutOfRangeException.ThrowIfNegative(samplesOfUpdate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplesPlanned);
        var warmup = spec.WarmupFraction * (double)samplesPlanned;
        if (samplesApplied < warmup)
        {
            return (float)(spec.Rate * Math.Min(1, (samplesApplied + samplesOfUpdate) / warmup));
        }

        var done = Math.Min(samplesApplied, samplesPlanned) - warmup;
        return (float)(spec.Rate * Shape(spec, done, samplesPlanned - warmup));
    }

    private static double Shape(LearningRateSpec spec, double done, double whole) => spec.Kind switch
    {
        ScheduleKind.Constant => 1,
        // Multiplying first keeps the quotient exact where a part ends: 1 / 49.0 * 49 is below 1.
        ScheduleKind.Step => IntegerPower.Of(spec.Factor, (long)(done * spec.Drops / whole)),
        ScheduleKind.Cosine => (1 + Math.Cos(Math.PI * (done / whole))) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "unknown schedule"),
    };
}
