namespace DistNet.Actors;

/// <summary>
/// How far ahead lanes may begin units. The horizon moves on before it is reached, so nobody waits for it; it is never far, so that
/// a run that is asked to stop does so soon. It changes no bit.
/// </summary>
internal static class HorizonPolicy
{
    private const long WindowMax = 4096;

    private static readonly TimeSpan Reach = TimeSpan.FromMilliseconds(250);

    /// <summary>The horizon to set now; the same as before when it need not move.</summary>
    /// <param name="version">Updates applied.</param>
    /// <param name="horizon">Where it is.</param>
    /// <param name="stop">Where the run is to stop next.</param>
    /// <param name="atOnce">Updates that may be on their way while the horizon is moved: 1 under a barrier rule, else twice as many as lanes.</param>
    /// <param name="stepTime">Mean time from update to update; 0: not known yet.</param>
    public static long Next(long version, long horizon, long stop, int atOnce, TimeSpan stepTime)
    {
        var window = WindowFor(atOnce, stepTime);
        return horizon - version > window / 2 ? horizon : Math.Max(horizon, Math.Min(stop, version + window));
    }

    private static long WindowFor(int atOnce, TimeSpan stepTime)
    {
        var least = 2L * atOnce;
        return stepTime <= TimeSpan.Zero ? least : Math.Clamp(Reach.Ticks / stepTime.Ticks, least, Math.Max(least, WindowMax));
    }
}
