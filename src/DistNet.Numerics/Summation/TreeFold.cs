namespace DistNet.Numerics;

/// <summary>
/// Folds values of tree nodes into the value of the root as they arrive, always with the same additions. What it holds are the fewest
/// nodes that cover what has been added.
/// </summary>
/// <typeparam name="T">A sum, or the memory that holds it.</typeparam>
public abstract class TreeFold<T> : TreeCover<T>
{
    /// <summary>The value of the root; valid when complete.</summary>
    public T Total => IsComplete ? Held[0].Value : throw new InvalidOperationException("The sum is not complete.");

    /// <summary>left + right; takes both over.</summary>
    protected abstract T Combine(T left, T right);

    protected sealed override void Place(TreeNode node, T value, int place)
    {
        while (node != Root && TryRise(ref node, ref value))
        {
        }

        base.Place(node, value, PlaceOf(node));
    }

    private bool TryRise(ref TreeNode node, ref T value)
    {
        if (Weight(node.Sibling) > 0)
        {
            var index = PlaceOf(node.Sibling);
            if (index == Held.Count || Held[index].Node != node.Sibling)
            {
                return false;
            }

            var other = Held[index].Value;
            Held.RemoveAt(index);
            value = node.IsLeftChild ? Combine(value, other) : Combine(other, value);
        }

        node = node.Parent;
        return true;
    }
}
