namespace DistNet.Actors;

/// <summary>
/// Who came last, by what others waited for: under a barrier rule by step, under a sequenced rule by version. Remembers the newest
/// <see cref="Capacity"/> keys, in memory that does not grow.
/// </summary>
internal sealed class WaitCauses
{
    public const int Capacity = 256;

    private const int Nobody = -1;

    private readonly (long Key, int Worker)[] _last = new (long, int)[Capacity];

    public WaitCauses() => Clear();

    public void Clear() => Array.Fill(_last, (-1, Nobody));

    /// <summary>What waited for this key waited, so far, for this worker; -1: for none.</summary>
    public void Set(long key, int worker) => _last[key % Capacity] = (key, worker);

    /// <summary>The other worker that held this one up; -1: none, or it is not known any more.</summary>
    public int Of(long key, int waiting)
    {
        var (known, worker) = _last[key % Capacity];
        return known == key && worker != waiting ? worker : Nobody;
    }
}
