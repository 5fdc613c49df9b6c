using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>An update that servers are summing, because its norm is to be clipped; nothing else is applied meanwhile.</summary>
internal sealed class UpdateInSum(RunPlan plan)
{
    private readonly NormFold _norm = new(plan);
    private readonly bool[] _told = new bool[plan.Map.Partitions.Length];

    public bool IsOpen => Units is not null;

    /// <summary>What is being summed; null: nothing.</summary>
    public HeldUnit[]? Units { get; private set; }

    /// <summary>Valid when complete.</summary>
    public float ClipFactor => _norm.ClipFactor;

    public void Open(HeldUnit[] units)
    {
        Units = units;
        _norm.Clear();
        Array.Clear(_told);
    }

    /// <summary>True when every partition has told its share.</summary>
    public bool Add(in Held held)
    {
        if (_told[held.Partition])
        {
            return false;
        }

        _told[held.Partition] = true;
        return _norm.Add(held.SquaredNorms!);
    }

    public HeldUnit[] Take()
    {
        var units = Units!;
        Units = null;
        return units;
    }
}
