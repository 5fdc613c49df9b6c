using System.Numerics.Tensors;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>The pushed parts of one step's gradient, added in the fixed tree over lanes, then divided by the batch and clipped by value.</summary>
internal sealed class LaneSum(RunPlan plan) : GradientSource
{
    private const int Absent = int.MinValue;

    private readonly List<(TreeNode Node, GradientPart Part)> _parts = [];
    private readonly List<Addition> _additions = [];
    private int _root;
    private int _samples;

    public override int ScratchBlocks => plan.Tree.Root.Level + 1;

    public void Begin(TreeNode root)
    {
        _parts.Clear();
        _additions.Clear();
        Root = root;
    }

    public void Add(TreeNode node, GradientPart part) => _parts.Add((node, part));

    /// <summary>Every part is in: lays down the order of additions.</summary>
    /// <param name="samples">Samples of the update.</param>
    public void Complete(int samples)
    {
        _samples = plan.DivisorOf(samples);
        _root = OperandOf(Root);
    }

    private TreeNode Root { get; set; }

    /// <summary>The parts' losses, added in the same tree.</summary>
    public double Loss => LossOf(_root);

    /// <summary>The chunk's memory in the first part: as good a place for the sum as any, since the parts belong to the receiver.</summary>
    public TensorSlice Target => _parts[0].Part.Values;

    public override Span<float> Read(int offset, int length, Span<float> scratch)
    {
        var sum = Sum(_root, offset, length, scratch);
        var gradient = scratch[..length];
        GradientPreparation.BeforeNorm(sum, gradient, _samples, plan.Clipping);
        return gradient;
    }

    public override void Release()
    {
        foreach (var (_, part) in _parts)
        {
            part.Values.Release();
        }

        _parts.Clear();
    }

    /// <summary>A part by its index, or an addition by the complement of its index; nothing where there are no samples.</summary>
    private int OperandOf(TreeNode node)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Node == node)
            {
                return i;
            }
        }

        if (node.IsLeaf)
        {
            return Absent;
        }

        var (left, right) = (OperandOf(node.Left), OperandOf(node.Right));
        if (left == Absent || right == Absent)
        {
            return left == Absent ? right : left;
        }

        _additions.Add(new Addition(left, right));
        return ~(_additions.Count - 1);
    }

    private Span<float> Sum(int operand, int offset, int length, Span<float> scratch)
    {
        if (operand >= 0)
        {
            return _parts[operand].Part.Values.Span.Slice(offset, length);
        }

        var addition = _additions[~operand];
        var left = Sum(addition.Left, offset, length, scratch);
        var right = Sum(addition.Right, offset, length, scratch[BlockLength..]);
        var sum = scratch[..length];
        TensorPrimitives.Add(left, right, sum);
        return sum;
    }

    private double LossOf(int operand) =>
        operand >= 0 ? _parts[operand].Part.Loss : LossOf(_additions[~operand].Left) + LossOf(_additions[~operand].Right);

    private readonly record struct Addition(int Left, int Right);
}
