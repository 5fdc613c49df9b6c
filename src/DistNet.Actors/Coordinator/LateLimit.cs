namespace DistNet.Actors;

/// <summary>
/// From when on something that others have done is late: median + 8 x median absolute deviation of the last times, never before a floor.
/// Both medians, because a few times that are far off move neither.
/// </summary>
internal sealed class LateLimit
{
    /// <summary>Times that count.</summary>
    public const int Window = 64;

    private const int Spread = 8;

    /// <summary>Nothing is late before that; so below a second nobody asks whether a machine only had a pause.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromSeconds(1);

    private readonly long[] _times = new long[Window];
    private readonly long[] _sorted = new long[Window];
    private long _count;

    /// <summary>The floor as long as no time is known.</summary>
    public TimeSpan Current
    {
        get
        {
            var known = (int)Math.Min(_count, Window);
            if (known == 0)
            {
                return Floor;
            }

            var times = _times.AsSpan(0, known);
            times.CopyTo(_sorted);
            var median = MedianInPlace(known);
            for (var i = 0; i < known; i++)
            {
                _sorted[i] = Math.Abs(times[i] - median);
            }

            var limit = TimeSpan.FromTicks(median + (Spread * MedianInPlace(known)));
            return limit > Floor ? limit : Floor;
        }
    }

    public void Add(TimeSpan time) => _times[_count++ % Window] = time.Ticks;

    private long MedianInPlace(int known)
    {
        Array.Sort(_sorted, 0, known);
        return (_sorted[(known - 1) / 2] + _sorted[known / 2]) / 2;
    }
}
