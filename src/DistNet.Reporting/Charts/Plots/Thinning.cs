namespace DistNet.Reporting;

/// <summary>Fewer points with the same look.</summary>
public static class Thinning
{
    /// <summary>
    /// Of each of equally many neighbours the lowest and the highest point, in their order, and the first and the last of all: peaks stay.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="most">Returned at most; 4 or more.</param>
    public static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        var groups = (most - 2) / 2;
        var kept = new SortedSet<int> { 0, points.Count - 1 };
        for (var group = 0; group < groups; group++)
        {
            var from = (int)((long)points.Count * group / groups);
            var to = (int)((long)points.Count * (group + 1) / groups);
            var places = Enumerable.Range(from, to - from).ToArray();
            kept.Add(places.MinBy(i => points[i].Y));
            kept.Add(places.MaxBy(i => points[i].Y));
        }

        return [.. kept.Select(i => points[i])];
    }

    /// <summary>Of each of equally many neighbours a piece from the first to the last that is as low and as high as any of them: it encloses what the band did.</summary>
    /// <param name="band">The band.</param>
    /// <param name="most">Returned at most; 2 or more.</param>
    public static IReadOnlyList<BandPoint> Thin(IReadOnlyList<BandPoint> band, int most)
    {
        if (band.Count <= most)
        {
            return band;
        }

        var groups = most / 2;
        return [.. Enumerable.Range(0, groups).SelectMany(group => PieceOf(band, Begin(group), Begin(group + 1)))];

        int Begin(int group) => (int)((long)band.Count * group / groups);
    }

    private static BandPoint[] PieceOf(IReadOnlyList<BandPoint> band, int from, int to)
    {
        var piece = Enumerable.Range(from, to - from).Select(i => band[i]).ToArray();
        var (low, high) = (piece.Min(point => point.Low), piece.Max(point => point.High));
        return [new(piece[0].X, low, high), new(piece[^1].X, low, high)];
    }
}
