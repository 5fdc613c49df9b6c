namespace DistNet.Actors;

/// <summary>Units that every server holds and that are in no update yet, in the order in which they came; which of them are due, the rule says.</summary>
/// <param name="isDue">Whether a unit may be part of the next update.</param>
internal sealed class HeldUnits(Predicate<HeldUnit> isDue)
{
    private readonly List<HeldUnit> _units = [];

    public int Count => _units.Count;

    /// <summary>How many may be part of the next update.</summary>
    public int Due { get; private set; }

    public HeldUnit this[int index] => _units[index];

    public void Add(in HeldUnit unit)
    {
        _units.Add(unit);
        Due += isDue(unit) ? 1 : 0;
    }

    /// <summary>Takes the first so many that are due. By lane, and those of a lane in order.</summary>
    public HeldUnit[] Take(int most)
    {
        var taken = new HeldUnit[Math.Min(most, Due)];
        var (count, kept) = (0, 0);
        for (var i = 0; i < _units.Count; i++)
        {
            if (count < taken.Length && isDue(_units[i]))
            {
                taken[count++] = _units[i];
            }
            else
            {
                _units[kept++] = _units[i];
            }
        }

        _units.RemoveRange(kept, _units.Count - kept);
        Due -= count;
        if (taken.Length > 1)
        {
            Array.Sort(taken, static (one, other) =>
                one.Start.Lane != other.Start.Lane ? one.Start.Lane.CompareTo(other.Start.Lane) : one.Start.Step.CompareTo(other.Start.Step));
        }

        return taken;
    }

    /// <summary>Another version: others may be due.</summary>
    public void Reconsider()
    {
        Due = 0;
        for (var i = 0; i < _units.Count; i++)
        {
            Due += isDue(_units[i]) ? 1 : 0;
        }
    }

    public void Clear()
    {
        _units.Clear();
        Due = 0;
    }
}
