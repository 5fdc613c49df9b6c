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
}
