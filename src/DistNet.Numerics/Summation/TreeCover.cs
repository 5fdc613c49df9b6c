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

    /// <summary>The nodes in hand.</summary>
    public IReadOnlyList<(TreeNode Node, T Value)> Parts => Held;

    public bool IsComplete => _weight > 0 && _weight == Weight(Root);

    protected List<(TreeNode Node, T Value)> Held { get; } = [];

    /// <summary>Takes the value over. False: its leaves were here already, and the value was discarded.</summary>
    public bool Add(TreeNode node, T value)
    {
        if (IsCovered(node))
        {
            Discard(value);
            return false;
        }

        DropCovered(node);
        _weight += Weight(node);
        Place(node, value);
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

    protected virtual void Place(TreeNode node, T value) => Held.Add((node, value));

    /// <summary>A value is not needed.</summary>
    protected virtual void Discard(T value)
    {
    }

    private bool IsCovered(TreeNode node)
    {
        foreach (var part in Held)
        {
            if (part.Node.Covers(node))
            {
                return true;
            }
        }

        return false;
    }

    private void DropCovered(TreeNode node)
    {
        for (var i = Held.Count - 1; i >= 0; i--)
        {
            if (node.Covers(Held[i].Node))
            {
                Discard(Held[i].Value);
                _weight -= Weight(Held[i].Node);
                Held.RemoveAt(i);
            }
        }
    }
}
