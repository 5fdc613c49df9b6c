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
    public static long Next(long version, long horizon, long stop, int lanes, TimeSpan stepTime)
    {
        var window = WindowFor(lanes, stepTime);
        return horizon - version > window / 2 ? horizon : Math.Max(horizon, Math.Min(stop, version + window));
    }

    private static long WindowFor(int lanes, TimeSpan stepTime)
    {
        var least = 2L * lanes;
        return stepTime <= TimeSpan.Zero ? least : Math.Clamp(Reach.Ticks / stepTime.Ticks, least, Math.Max(least, WindowMax));
    }
}
