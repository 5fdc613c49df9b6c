namespace DistNet.Actors;

/// <summary>How many units had which staleness. The last place counts all that is beyond it too.</summary>
internal sealed class StalenessCounts
{
    /// <summary>Places at most: a record of a run must stay small.</summary>
    public const int Limit = 1024;

    private readonly List<long> _counts = [];

    public IReadOnlyList<long> Snapshot => [.. _counts];

    public void Restore(IReadOnlyList<long> counts)
    {
        _counts.Clear();
        _counts.AddRange(counts);
    }

    public void Add(long staleness, long units = 1)
    {
        var place = (int)Math.Min(staleness, Limit - 1);
        while (_counts.Count <= place)
        {
            _counts.Add(0);
        }

        _counts[place] += units;
    }
}
