using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The units of one lane that have begun and are not applied yet, on one server. Of a unit's dispatches only the latest is kept.
/// </summary>
internal sealed class LaneUnits(int chunks)
{
    private readonly List<UnitInHand> _units = [];
    private readonly Stack<UnitInHand> _spare = [];

    /// <summary>A unit begins on these parameters, which are retained.</summary>
    public void Begin(in LaneStart start, TensorSlice read)
    {
        Drop(start.Step);
        if (!_spare.TryPop(out var unit))
        {
            unit = new UnitInHand(new CompleteGradient(chunks));
        }

        read.Retain();
        unit.Begin(start, read);
        _units.Add(unit);
    }

    /// <summary>The unit of a dispatch; null when it is not wanted any more, or never was.</summary>
    public UnitInHand? Find(long step, long dispatch) =>
        IndexOf(step) is >= 0 and var index && _units[index].Dispatch == dispatch ? _units[index] : null;

    /// <summary>The unit is applied, or never will be.</summary>
    public void Drop(long step)
    {
        var index = IndexOf(step);
        if (index >= 0)
        {
            _units[index].Release();
            _spare.Push(_units[index]);
            _units.RemoveAt(index);
        }
    }

    /// <summary>A loop, because a search with a condition would allocate for each chunk.</summary>
    private int IndexOf(long step)
    {
        for (var i = 0; i < _units.Count; i++)
        {
            if (_units[i].Step == step)
            {
                return i;
            }
        }

        return -1;
    }

    public void Clear()
    {
        while (_units.Count > 0)
        {
            Drop(_units[^1].Step);
        }
    }
}

/// <summary>One dispatch of one unit: what has come of its gradient, and the weights it is computed on.</summary>
internal sealed class UnitInHand(CompleteGradient gradient)
{
    public long Step { get; private set; }

    public long Dispatch { get; private set; }

    public CompleteGradient Gradient => gradient;

    /// <summary>This partition of the version that was read.</summary>
    public TensorSlice Read { get; private set; }

    /// <summary>Takes the slice over.</summary>
    public void Begin(in LaneStart start, TensorSlice read) => (Step, Dispatch, Read) = (start.Step, start.Dispatch, read);

    public void Release()
    {
        gradient.Release();
        Read.Release();
        Read = default;
    }
}
