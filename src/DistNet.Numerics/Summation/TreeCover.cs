namespace DistNet.Numerics;

/// <summary>
/// Collects values of tree nodes, in whatever order and grouping they arrive, until they cover every leaf that holds something. A
/// node that is covered already is dropped; one that covers others replaces them. Adds nothing: see <see cref="TreeFold{T}"/>.
/// </summary>
/// <typeparam name="T">A summand, or the memory that holds it.</typeparam>
public abstract class TreeCover<T>
{
    private int _weight;

    /// <summary>The node that is complete when every non-empty leaf is in.</summary>
    protected TreeNode Root { get; private set; }

    /// <summary>The nodes in hand, from left to right; no two share a leaf.</summary>
    public IReadOnlyList<(TreeNode Node, T Value)> Parts => Held;

    public bool IsComplete => _weight > 0 && _weight == Weight(Root);

    protected List<(TreeNode Node, T Value)> Held { get; } = [];

    /// <summary>Takes the value over. False: its leaves were here already, and the value was discarded.</summary>
    public bool Add(TreeNode node, T value)
    {
        var place = PlaceOf(node);
        if (place < Held.Count && Held[place].Node.Covers(node))
        {
            Discard(value);
            return false;
        }

        DropCovered(node, place);
        _weight += Weight(node);
        Place(node, value, place);
        return true;
    }

    /// <summary>Forgets every part without discarding it (its owner has taken it).</summary>
    protected void Reset(TreeNode root)
    {
        Held.Clear();
        _weight = 0;
        Root = root;
    }

    /// <summary>Discards every part.</summary>
    protected void DiscardAll()
    {
        foreach (var (_, value) in Held)
        {
            Discard(value);
        }

        Reset(Root);
    }

    /// <summary>How much the leaves under the node hold, in a unit that adds up; 0 where there is nothing to wait for.</summary>
    protected abstract int Weight(TreeNode node);

    /// <summary>Puts a node into <see cref="Held"/> that shares no leaf with one there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">Its value.</param>
    /// <param name="place">Its <see cref="PlaceOf"/>.</param>
    protected virtual void Place(TreeNode node, T value, int place) => Held.Insert(place, (node, value));

    /// <summary>Where in <see cref="Held"/> a node is, or what shares leaves with it begins, or else it belongs: the first that does not end before it.</summary>
    protected int PlaceOf(TreeNode node)
    {
        var low = 0;
        var high = Held.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Held[middle].Node.End <= node.First ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A value is not needed.</summary>
    protected virtual void Discard(T value)
    {
    }

    private void DropCovered(TreeNode node, int from)
    {
        var end = from;
        while (end < Held.Count && node.Covers(Held[end].Node))
        {
            _weight -= Weight(Held[end].Node);
            Discard(Held[end].Value);
            end++;
        }

        Held.RemoveRange(from, end - from);
    }
}
