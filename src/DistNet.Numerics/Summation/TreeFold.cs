namespace DistNet.Numerics;

/// <summary>
/// Folds values of tree nodes into the value of the root, in whatever order and grouping they arrive, always with the same
/// additions. A node that is covered already is dropped; one that covers others replaces them.
/// </summary>
/// <typeparam name="T">A sum, or the memory that holds it.</typeparam>
public abstract class TreeFold<T>
{
    private readonly List<(TreeNode Node, T Value)> _parts = [];

    /// <summary>The node that is complete when every non-empty leaf is in.</summary>
    protected TreeNode Root { get; private set; }

    public bool IsComplete => _parts.Count == 1 && _parts[0].Node == Root;

    /// <summary>The value of the root; valid when complete.</summary>
    public T Total => IsComplete ? _parts[0].Value : throw new InvalidOperationException("The sum is not complete.");

    /// <summary>The nodes in hand: the fewest that cover what has been added.</summary>
    public IReadOnlyList<(TreeNode Node, T Value)> Parts => _parts;

    /// <summary>Takes the value over. False: its leaves were here already, and the value was discarded.</summary>
    public bool Add(TreeNode node, T value)
    {
        if (IsCovered(node))
        {
            Discard(value);
            return false;
        }

        DropCovered(node);
        while (node != Root && TryRise(ref node, ref value))
        {
        }

        _parts.Add((node, value));
        return true;
    }

    /// <summary>Forgets every part without discarding it (its owner has taken it).</summary>
    protected void Reset(TreeNode root)
    {
        _parts.Clear();
        Root = root;
    }

    /// <summary>Discards every part.</summary>
    protected void DiscardAll()
    {
        foreach (var (_, value) in _parts)
        {
            Discard(value);
        }

        _parts.Clear();
    }

    /// <summary>left + right; takes both over.</summary>
    protected abstract T Combine(T left, T right);

    /// <summary>True when no leaf under the node holds anything.</summary>
    protected abstract bool IsEmpty(TreeNode node);

    /// <summary>A value is not needed.</summary>
    protected virtual void Discard(T value)
    {
    }

    private bool TryRise(ref TreeNode node, ref T value)
    {
        if (!IsEmpty(node.Sibling))
        {
            var index = IndexOf(node.Sibling);
            if (index < 0)
            {
                return false;
            }

            var other = _parts[index].Value;
            _parts.RemoveAt(index);
            value = node.IsLeftChild ? Combine(value, other) : Combine(other, value);
        }

        node = node.Parent;
        return true;
    }

    private bool IsCovered(TreeNode node)
    {
        foreach (var part in _parts)
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
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            if (node.Covers(_parts[i].Node))
            {
                Discard(_parts[i].Value);
                _parts.RemoveAt(i);
            }
        }
    }

    private int IndexOf(TreeNode node)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Node == node)
            {
                return i;
            }
        }

        return -1;
    }
}
