using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Which rows of a gathered batch belong to which lane: consecutive lanes, consecutive rows.</summary>
/// <param name="firstLane">The lane (leaf of the summing tree) of the first rows.</param>
/// <param name="bounds">First row of each lane, then the number of rows; a lane may be empty.</param>
public readonly ref struct LaneRows(int firstLane, ReadOnlySpan<int> bounds)
{
    private readonly ReadOnlySpan<int> _bounds = bounds;

    public int FirstLane { get; } = firstLane;

    public int EndLane => FirstLane + _bounds.Length - 1;

    /// <summary>First row and number of rows of a lane; none for lanes past the end, where a ragged tree has nodes but no leaves.</summary>
    public (int First, int Count) Of(int lane) =>
        lane < EndLane ? (_bounds[lane - FirstLane], _bounds[lane - FirstLane + 1] - _bounds[lane - FirstLane]) : (0, 0);

    /// <summary>First row of each lane under the node, then the row after the last.</summary>
    public ReadOnlySpan<int> BoundsOf(TreeNode node) =>
        _bounds[(node.First - FirstLane)..(Math.Min(node.End, EndLane) - FirstLane + 1)];

    /// <exception cref="ArgumentException">The bounds do not rise from 0 to <paramref name="rows"/>.</exception>
    public void Validate(int rows)
    {
        if (_bounds.Length < 2 || _bounds[0] != 0 || _bounds[^1] != rows)
        {
            throw new ArgumentException("Lanes must cover the rows of the batch.", nameof(rows));
        }

        for (var i = 1; i < _bounds.Length; i++)
        {
            if (_bounds[i] < _bounds[i - 1])
            {
                throw new ArgumentException("The bounds of lanes must not fall.", nameof(rows));
            }
        }
    }

    /// <exception cref="ArgumentException">The node covers lanes before the first, or none of these.</exception>
    public void Require(TreeNode node)
    {
        if (node.First < FirstLane || node.First >= EndLane)
        {
            throw new ArgumentException($"Node {node} is not of these lanes.", nameof(node));
        }
    }
}
