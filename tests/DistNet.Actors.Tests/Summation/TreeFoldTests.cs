using DistNet.Numerics;

namespace DistNet.Actors.Tests;

public sealed class TreeFoldTests
{
    /// <summary>Drawn groupings, orders, duplicates and covering nodes over ragged trees with empty leaves.</summary>
    [Fact]
    public void Any_arrival_gives_the_bits_of_the_plain_tree()
    {
        for (var seed = 1; seed <= 3000; seed++)
        {
            var random = new Random(seed);
            var leaves = 1 + random.Next(19);
            var values = Enumerable.Range(0, leaves).Select(_ => random.Next(4) == 0 ? (double?)null : random.NextDouble() * Math.Pow(10, random.Next(-8, 8))).ToArray();
            values[random.Next(leaves)] ??= 1.5;
            var fold = new Fold(leaves, values);
            var arrivals = Arrivals(leaves, values, random);
            foreach (var node in arrivals)
            {
                fold.Add(node, Plain(values, node)!.Value);
            }

            fold.IsComplete.ShouldBeTrue($"seed {seed}");
            BitConverter.DoubleToInt64Bits(fold.Total).ShouldBe(BitConverter.DoubleToInt64Bits(Plain(values, new SummationTree(leaves).Root)!.Value), $"seed {seed}");
        }
    }

    [Fact]
    public void A_node_that_is_covered_is_refused_and_a_sum_with_a_hole_is_not_complete()
    {
        var fold = new Fold(4, [1, 2, 3, 4]);
        fold.Add(new TreeNode(1, 0), 3).ShouldBeTrue();
        fold.Add(TreeNode.Leaf(1), 2).ShouldBeFalse();
        fold.Add(TreeNode.Leaf(3), 4).ShouldBeTrue();
        fold.IsComplete.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => fold.Total);
        fold.Add(new TreeNode(1, 1), 7).ShouldBeTrue();
        fold.Total.ShouldBe(10);
    }

    [Fact]
    public void Minus_zero_survives_empty_leaves()
    {
        var fold = new Fold(5, [null, null, -0.0, null, null]);
        fold.Add(TreeNode.Leaf(2), -0.0).ShouldBeTrue();
        double.IsNegative(fold.Total).ShouldBeTrue();
    }

    [Fact]
    public void Decompose_covers_exactly_with_the_fewest_nodes()
    {
        for (var leaves = 1; leaves <= 21; leaves++)
        {
            var tree = new SummationTree(leaves);
            for (var first = 0; first <= leaves; first++)
            {
                for (var end = first; end <= leaves; end++)
                {
                    var nodes = new List<TreeNode>();
                    tree.Decompose(first, end, nodes);
                    nodes.SelectMany(node => Enumerable.Range(node.First, Math.Min(node.End, leaves) - node.First))
                        .ShouldBe(Enumerable.Range(first, end - first), $"{first} to {end} of {leaves}");
                    nodes.Count.ShouldBe(Fewest(tree.Root, first, end, leaves), $"{first} to {end} of {leaves}");
                }
            }
        }
    }

    /// <summary>A drawn partition of the leaves into nodes, some of them repeated or joined by nodes that cover them, in drawn order.</summary>
    private static List<TreeNode> Arrivals(int leaves, double?[] values, Random random)
    {
        var nodes = new List<TreeNode>();
        Split(new SummationTree(leaves).Root);
        var all = nodes.Where(node => Plain(values, node) is not null).ToList();
        for (var extra = random.Next(4); extra > 0; extra--)
        {
            var node = all[random.Next(all.Count)];
            all.Add(node.Level < new SummationTree(leaves).Root.Level && random.Next(2) == 0 ? node.Parent : node);
        }

        return [.. all.OrderBy(_ => random.Next())];

        void Split(TreeNode node)
        {
            if (node.IsLeaf || random.Next(4) == 0)
            {
                nodes.Add(node);
                return;
            }

            Split(node.Left);
            Split(node.Right);
        }
    }

    private static double? Plain(double?[] values, TreeNode node)
    {
        if (node.IsLeaf)
        {
            return node.First < values.Length ? values[node.First] : null;
        }

        var (left, right) = (Plain(values, node.Left), Plain(values, node.Right));
        return left is null || right is null ? left ?? right : left + right;
    }

    private static int Fewest(TreeNode node, int first, int end, int leaves)
    {
        if (node.First >= end || Math.Min(node.End, leaves) <= first)
        {
            return 0;
        }

        return node.First >= first && Math.Min(node.End, leaves) <= end
            ? 1
            : Fewest(node.Left, first, end, leaves) + Fewest(node.Right, first, end, leaves);
    }

    private sealed class Fold : TreeFold<double>
    {
        private readonly double?[] _values;

        public Fold(int leaves, double?[] values)
        {
            _values = values;
            Reset(new SummationTree(leaves).Root);
        }

        protected override double Combine(double left, double right) => left + right;

        protected override int Weight(TreeNode node) =>
            Enumerable.Range(node.First, node.End - node.First).Count(leaf => leaf < _values.Length && _values[leaf] is not null);
    }
}
