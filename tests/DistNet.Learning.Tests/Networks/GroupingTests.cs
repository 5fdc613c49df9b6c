using System.Numerics.Tensors;
using DistNet.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Learning.Tests;

/// <summary>A step has the same bits however its lanes are grouped into computations.</summary>
public sealed class GroupingTests
{
    private static readonly TrainingStep Step = new(Seed: 3, Epoch: 1, Step: 9);

    [Fact]
    public void Any_grouping_of_any_lanes_has_the_bits_of_one_computation()
    {
        var lanes = Gen.Choose(0, 9).ArrayOf().Where(sizes => sizes.Length is > 0 and <= 13 && sizes.Sum() is > 0 and <= NetworkFixture.Samples);
        var cases = from sizes in lanes from cut in Gen.Choose(0, sizes.Length) select (sizes, cut);
        using var net = new NetworkFixture(NetworkFixture.Spec3(Activation.Gelu, dropout: 0.25f));
        Prop.ForAll(cases.ToArbitrary(), each => ShouldAgree(net, each.sizes, each.cut)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(new[] { 16, 16, 16, 16 })]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(new[] { 0, 0, 3, 0, 5 })]
    [InlineData(new[] { 7 })]
    public void Lanes_one_by_one_pairs_and_all_at_once_agree(int[] sizes)
    {
        foreach (var loss in Enum.GetValues<LossKind>())
        {
            using var net = new NetworkFixture(NetworkFixture.Spec3(Activation.Selu, loss, dropout: 0.5f));
            for (var cut = 0; cut <= sizes.Length; cut++)
            {
                ShouldAgree(net, sizes, cut);
            }
        }
    }

    [Fact]
    public void Several_nodes_of_one_computation_are_what_each_is_alone()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3());
        int[] sizes = [3, 4, 0, 5, 6];
        var all = Whole(net, sizes);
        var nodes = Nodes(sizes.Length, 0, sizes.Length);
        nodes.ShouldBe([new TreeNode(3, 0)]);
        var parts = Compute(net, sizes, 0, sizes.Length, [new TreeNode(2, 0), new TreeNode(0, 4)]);
        Add(parts[0], parts[1]).ShouldBe(all);
    }

    [Fact]
    public void Node_without_samples_gives_zeros()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3());
        var (gradient, sums) = net.Node(TreeNode.Leaf(1), [1, 2], 0, [0, 2, 2]);
        gradient.ShouldAllBe(value => value == 0);
        sums.ShouldBe(default);
    }

    [Fact]
    public void Forward_rows_do_not_depend_on_their_company()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(Activation.Softplus));
        int[] samples = [.. Enumerable.Range(0, 41)];
        var together = Predict(net, samples);
        for (var i = 0; i < samples.Length; i++)
        {
            Predict(net, [samples[i]]).ShouldBe(together[(i * 3)..((i + 1) * 3)]);
        }
    }

    private static unsafe float[] Predict(NetworkFixture net, int[] samples)
    {
        var outputs = new float[samples.Length * net.Spec.Outputs];
        net.Compute.Gather(net.Data, samples);
        net.Compute.Predict(net.Weights, outputs, new int[samples.Length]);
        return outputs;
    }

    private static void ShouldAgree(NetworkFixture net, int[] sizes, int cut)
    {
        var expected = Whole(net, sizes);
        var parts = Nodes(sizes.Length, 0, cut).SelectMany(node => Compute(net, sizes, 0, cut, [node]))
            .Concat(Compute(net, sizes, cut, sizes.Length, Nodes(sizes.Length, cut, sizes.Length)));
        var actual = Combine(new SummationTree(sizes.Length).Root, parts.ToDictionary(part => part.Node))!;
        actual.ShouldBe(expected, $"lanes {string.Join(",", sizes)} cut at {cut}");
    }

    private static Part Whole(NetworkFixture net, int[] sizes) =>
        Compute(net, sizes, 0, sizes.Length, [new SummationTree(sizes.Length).Root])[0];

    private static List<TreeNode> Nodes(int leaves, int first, int end)
    {
        var nodes = new List<TreeNode>();
        new SummationTree(leaves).Decompose(first, end, nodes);
        return nodes;
    }

    private static List<Part> Compute(NetworkFixture net, int[] sizes, int first, int end, List<TreeNode> nodes)
    {
        if (first == end)
        {
            return [];
        }

        var starts = Enumerable.Range(0, sizes.Length + 1).Select(lane => sizes[..lane].Sum()).ToArray();
        int[] samples = [.. Enumerable.Range(starts[first], starts[end] - starts[first])];
        int[] bounds = [.. starts[first..(end + 1)].Select(start => start - starts[first])];
        using var gradients = new GradientVectors(net.Layout, nodes.Count);
        var sums = new SampleSums[nodes.Count];
        net.Compute.Gather(net.Data, samples);
        net.Compute.Forward(net.Weights, Step);
        net.Compute.Backward(new LaneRows(first, bounds), [.. nodes], sums, gradients).ShouldBeTrue();
        return [.. nodes.Select((node, i) => new Part(node, gradients[i].ToArray(), sums[i]))];
    }

    /// <summary>The addition that a server does: children of the fixed tree, those without samples left out.</summary>
    private static Part? Combine(TreeNode node, Dictionary<TreeNode, Part> parts)
    {
        if (parts.TryGetValue(node, out var part) || node.IsLeaf)
        {
            return part;
        }

        Part? left = Combine(node.Left, parts), right = Combine(node.Right, parts);
        return left is null || right is null ? left ?? right : Add(left, right);
    }

    private static Part Add(Part left, Part right)
    {
        if (left.Sums.Samples == 0 || right.Sums.Samples == 0)
        {
            return left.Sums.Samples == 0 ? right : left;
        }

        var sum = new float[left.Gradient.Length];
        TensorPrimitives.Add(left.Gradient, right.Gradient, sum);
        return new Part(left.Node, sum, left.Sums + right.Sums);
    }

    private sealed record Part(TreeNode Node, float[] Gradient, SampleSums Sums)
    {
        public void ShouldBe(Part expected, string because = "")
        {
            Sums.ShouldBe(expected.Sums, because);
            Gradient.Select(BitConverter.SingleToInt32Bits).SequenceEqual(expected.Gradient.Select(BitConverter.SingleToInt32Bits))
                .ShouldBeTrue(because);
        }
    }
}
