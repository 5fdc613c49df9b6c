namespace DistNet.Numerics;

/// <summary>
/// In which order the lanes of a <see cref="LaneProduct"/> are computed and added: the tree walked depth first, on a stack of partial
/// sums no higher than the tree. It is the same for every tile, so it is made once. Grows to the most lanes met, then allocates nothing.
/// </summary>
internal sealed class LanePlan
{
    private Step[] _steps = new Step[32];
    private int[] _bounds = new int[16];
    private int _lanes;
    private int _count;

    /// <summary>Partial sums held at once, the result among them.</summary>
    public int Slots { get; private set; }

    public ReadOnlySpan<Step> Steps => _steps.AsSpan(0, _count);

    public void Make(ReadOnlySpan<int> bounds)
    {
        _lanes = bounds.Length - 1;
        if (_bounds.Length < bounds.Length)
        {
            _bounds = new int[bounds.Length];
            _steps = new Step[2 * bounds.Length];
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

        var before = _count;
        if (Visit(node.Right, slot + 1))
        {
            Slots = Math.Max(Slots, slot + 2);
            Join(before, slot);
        }

        return true;
    }

    private bool AddLane(int lane, int slot)
    {
        var rows = _bounds[lane + 1] - _bounds[lane];
        if (rows > 0)
        {
            _steps[_count++] = new Step(_bounds[lane], rows, slot, false);
        }

        return rows > 0;
    }

    /// <summary>A right side of a single lane is added as it is computed; others are added from the slot above.</summary>
    private void Join(int rightFirst, int slot)
    {
        if (_count == rightFirst + 1)
        {
            _steps[rightFirst] = _steps[rightFirst] with { Slot = slot, Add = true };
        }
        else
        {
            _steps[_count++] = new Step(0, 0, slot, true);
        }
    }

    /// <summary>
    /// Computes rows of the lanes into a slot, or adds them to it; with <see cref="Add"/> and no rows, adds the slot above.
    /// </summary>
    public readonly record struct Step(int First, int Rows, int Slot, bool Add);
}
