namespace DistNet.Lab;

/// <summary>Where descent stops to decay, found by scans that look ever closer, and longer: near that point everything changes slowly.</summary>
/// <param name="play">Carries a scan out.</param>
internal sealed class CurvatureSearch(Action<CurvatureScan> play)
{
    private static readonly int[] Updates = [800, 6000, 24_000];

    /// <summary>How far the point that was found may be from the true one.</summary>
    public double Resolution { get; private set; }

    /// <summary>The curvature at which it does, halfway between two that were tried.</summary>
    /// <param name="high">It has ended below this.</param>
    public double Find(double high)
    {
        var (low, width, found) = (0.0, high, 0.0);
        foreach (var updates in Updates)
        {
            var step = width / CurvatureScan.Count;
            var scan = new CurvatureScan(low, step, updates);
            play(scan);
            found = scan.CurvatureOf(scan.FirstUnstable) - (step / 2);

            // A short run may be wrong about the next ones.
            Resolution = 2 * step;
            (low, width) = (Math.Max(0, found - (4 * step)), 8 * step);
        }

        return found;
    }
}
