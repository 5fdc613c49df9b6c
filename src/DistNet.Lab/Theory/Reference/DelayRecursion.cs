namespace DistNet.Lab;

/// <summary>w_(t+1) = w_t - a w_(t-tau), played: where it stops to decay.</summary>
public static class DelayRecursion
{
    private const int Steps = 40_000;

    /// <summary>The a at which the recursion goes from decaying to growing, by bisection.</summary>
    /// <param name="delay">tau, not negative.</param>
    public static double CriticalRate(int delay) => Bisection.Find(rate => Decays(rate, delay), 0, 2.5);

    /// <summary>Whether the last tenth of the steps has smaller values than the tenth in the middle.</summary>
    public static bool Decays(double rate, int delay)
    {
        var past = new double[delay + 1];
        Array.Fill(past, 1.0);
        var (w, middle, end) = (1.0, 0.0, 0.0);
        for (var step = 0; step < Steps && Math.Abs(w) < 1e100; step++)
        {
            // The slot of step t holds w_(t-tau-1) until it is written.
            past[step % past.Length] = w;
            w -= rate * past[(step + 1) % past.Length];
            middle = step is >= Steps / 2 and < Steps * 6 / 10 ? Math.Max(middle, Math.Abs(w)) : middle;
            end = step >= Steps * 9 / 10 ? Math.Max(end, Math.Abs(w)) : end;
        }

        return Math.Abs(w) < 1e100 && end <= middle;
    }
}
