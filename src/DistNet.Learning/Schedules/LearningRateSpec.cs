namespace DistNet.Learning;

/// <summary>The learning rate over the run, after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>The rate as given.</summary>
    Constant,

    /// <summary>Multiplied by Factor at the end of each of Drops equal parts of what follows the warm-up.</summary>
    Step,

    /// <summary>Half a cosine from the rate to 0 over what follows the warm-up (Loshchilov and Hutter 2017).</summary>
    Cosine,
}

/// <summary>
/// The learning rate over a run. Schedules advance by samples applied, so that update rules compare at equal progress.
/// </summary>
/// <param name="Rate">The rate before any schedule.</param>
/// <param name="Kind">Shape over the run.</param>
/// <param name="WarmupFraction">Part of the run, in [0, 1), in which the rate climbs linearly from 0.</param>
/// <param name="Drops">Number of equal parts, for <see cref="ScheduleKind.Step"/>.</param>
/// <param name="Factor">Multiplier at each drop, for <see cref="ScheduleKind.Step"/>.</param>
public sealed record LearningRateSpec(
    float Rate,
    ScheduleKind Kind = ScheduleKind.Constant,
    float WarmupFraction = 0,
    int Drops = 3,
    float Factor = 0.1f);
