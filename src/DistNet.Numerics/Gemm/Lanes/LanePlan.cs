namespace DistNet.Numerics;

/// <summary>
/// In which order the lanes of a <see cref="LaneProduct"/> are computed and added: the tree walked depth first, on a stack of partial
/// sums no higher than the tree. It is the same for every tile, so it is made once. Grows to the most lanes met, then allocates nothing.
/// </summary>
internal sealed class LanePlan
{
    private Step[] _steps = new Step[16];
    private int[] _bounds = new int[16];
    private int _lanes;
    private int _count;

    /// <summary>Partial sums held at once, the result among them.</summary>
    public int Slots { get; private set; }

    /// <summary>True when one lane has all rows, so that this is a plain product.</summary>
    public bool IsOneLaneOf(int rows) => _count == 1 && _steps[0].Rows == rows;

    public ReadOnlySpan<Step> Steps => _steps.AsSpan(0, _count);

    public void Make(ReadOnlySpan<int> bounds)
    {
        _lanes = bounds.Length - 1;
        if (_bounds.Length < bounds.Length)
        {
            _bounds = new int[bounds.Length];
            _steps = new Step[bounds.Length];
        }

        bounds.CopyTo(_bounds);
        _count = 0;
        Slots = 1;
        if (!Visit(new SummationTree(_lanes).Root, 0))
        {
            _steps[_count++] = default;
        }
    }

    /// <summary>Plans the node's sum into a slot; false when it has no rows.</summary>
    private bool Visit(TreeNode node, int slot)
    {
        if (node.First >= _lanes)
        {
            return false;
        }

        if (node.IsLeaf)
        {
            return AddLane(node.First, slot);
        }

        if (!Visit(node.Left, slot))
        {
            return Visit(node.Right, slot);
        }

        if (Visit(node.Right, slot + 1))
        {
            // The last lane of the right side holds its sum: it adds the left side and takes its place.
            ref var last = ref _steps[_count - 1];
            last = last with { Slot = slot, Adds = last.Adds + 1 };
            Slots = Math.Max(Slots, slot + 2);
        }

        return true;
    }

    private bool AddLane(int lane, int slot)
    {
        var rows = _bounds[lane + 1] - _bounds[lane];
        if (rows > 0)
        {
            _steps[_count++] = new Step(_bounds[lane], rows, slot, 0);
        }

        return rows > 0;
    }

    /// <summary>
    /// Computes a lane's rows, adds partial sums to them, <see cref="Adds"/> slots down to <see cref="Slot"/>, and stores the result there.
    /// </summary>
    public readonly record struct Step(int First, int Rows, int Slot, int Adds);
}
