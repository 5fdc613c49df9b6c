using DistNet.Protocol;

namespace DistNet.Reporting;

/// <summary>
/// Units by staleness, as a run goes. Each update adds its own; what the coordinator tells at the end of an epoch, without what was rolled back, takes
/// their place. Not for several threads.
/// </summary>
internal sealed class StalenessCount
{
    /// <summary>The last place counts what is beyond, too.</summary>
    public const int Places = 128;

    private readonly long[] _units = new long[Places];
    private double _sum;
    private long _count;
    private long _most;

    public void Add(in Advanced advanced)
    {
        if (advanced.Staleness is null)
        {
            Add(0, advanced.Units);
            return;
        }

        for (var i = 0; i < advanced.Staleness.Count; i++)
        {
            Add(advanced.Staleness[i], 1);
        }
    }

    /// <summary>As the coordinator counts them, by lineage.</summary>
    public void Replace(StalenessSummary summary)
    {
        Array.Clear(_units);
        (_sum, _count, _most) = (0, 0, 0);
        for (var staleness = 0; staleness < summary.Histogram.Count; staleness++)
        {
            Add(staleness, summary.Histogram[staleness]);
        }

        // The summary knows what its last place stands for.
        _sum = summary.Mean * _count;
        _most = summary.Max;
    }

    public StalenessView View() => new(_units[..(int)Math.Min(_most + 1, Places)], _count == 0 ? 0 : _sum / _count, _most, _count);

    private void Add(long staleness, long units)
    {
        if (units > 0)
        {
            _units[Math.Min(staleness, Places - 1)] += units;
            _sum += (double)staleness * units;
            _count += units;
            _most = Math.Max(_most, staleness);
        }
    }
}

/// <param name="Units">Units by staleness, from 0; the last of <see cref="StalenessCount.Places"/> counts what is beyond, too.</param>
/// <param name="Mean">Mean over units.</param>
/// <param name="Most">Highest.</param>
/// <param name="Count">Units in all.</param>
internal sealed record StalenessView(IReadOnlyList<long> Units, double Mean, long Most, long Count)
{
    private const double Usual = 0.998;

    /// <summary>Places at the beginning that hold nearly all units.</summary>
    public int UsualPlaces
    {
        get
        {
            var (places, units) = (0, 0L);
            while (places < Units.Count && units < Usual * Count)
            {
                units += Units[places++];
            }

            return places;
        }
    }
}
