using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// How far the weights had moved between reading and updating: what the partitions of one version say, added up. Partitions may be some
/// versions apart, so a few are kept open; what is never completed gives way to newer ones.
/// </summary>
internal sealed class DriftBook(int partitions)
{
    private const int OpenVersions = 8;

    private readonly SortedDictionary<long, Parts> _open = [];
    private double _sum;
    private double _latest;
    private long _updates;

    /// <summary>Null: nothing was measured.</summary>
    public DriftSummary? Summary => _updates == 0 ? null : new DriftSummary(_sum / _updates, _latest, _updates);

    /// <summary>Distances of a generation that has ended are not those of what follows.</summary>
    public void Clear()
    {
        _open.Clear();
        (_sum, _latest, _updates) = (0, 0, 0);
    }

    /// <summary>What one partition says.</summary>
    /// <returns>True when it is the last one of its version: <see cref="DriftSummary.Latest"/> is that version's.</returns>
    public bool Add(in Drift drift)
    {
        if (!_open.TryGetValue(drift.Version, out var parts))
        {
            _open.Add(drift.Version, parts = new Parts(partitions));
            if (_open.Count > OpenVersions)
            {
                _open.Remove(_open.Keys.First());
            }
        }

        if (!parts.Add(drift))
        {
            return false;
        }

        _open.Remove(drift.Version);
        _latest = parts.Distance;
        _sum += _latest;
        _updates++;
        return true;
    }

    private sealed class Parts(int partitions)
    {
        private readonly double?[] _squares = new double?[partitions];

        /// <summary>Added in the order of partitions, so that it does not depend on who was first.</summary>
        public double Distance => Math.Sqrt(_squares.Sum(square => square ?? 0));

        public bool Add(in Drift drift)
        {
            _squares[drift.Partition] = drift.SquaredDistance;
            return Array.TrueForAll(_squares, square => square is not null);
        }
    }
}
