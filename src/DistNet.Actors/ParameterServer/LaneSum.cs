using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>The pushed parts of one update's gradient, added in the fixed tree over lanes, then divided by the samples and clipped by value.</summary>
internal class LaneSum(RunPlan plan, UpdateArithmetic arithmetic) : GradientSource
{
    private readonly List<(TreeNode Node, GradientPart Part)> _parts = [];
    private readonly List<Addition> _additions = [];
    private readonly List<(int FirstLane, int Part)> _order = [];
    private TreeNode _whole;
    private int _root;
    private float _divisor;

    public override int ScratchBlocks => plan.Tree.Root.Level + 1;

    protected RunPlan Plan => plan;

    public void Begin(TreeNode root)
    {
        _parts.Clear();
        _additions.Clear();
        _whole = root;
    }

    public void Add(TreeNode node, GradientPart part) => _parts.Add((node, part));

    /// <summary>Every part is in: lays down the order of additions.</summary>
    /// <param name="samples">Samples of the update.</param>
    /// <param name="steps">Steps of each lane in it.</param>
    public void Complete(int samples, int steps)
    {
        _divisor = arithmetic.DivisorOf(samples, steps);
        _order.Clear();
        for (var i = 0; i < _parts.Count; i++)
        {
            _order.Add((_parts[i].Node.First, i));
        }

        var order = CollectionsMarshal.AsSpan(_order);
        order.Sort();
        _root = OperandOf(_whole, order);
    }

    /// <summary>The parts' losses, added in the same tree.</summary>
    public double Loss => LossOf(_root);

    /// <summary>The chunk's memory in the first part: as good a place for the sum as any, since the parts belong to the receiver.</summary>
    public TensorSlice Target => _parts[0].Part.Values;

    public override Span<float> Read(int offset, int length, Span<float> scratch)
    {
        var sum = Sum(_root, offset, length, scratch);
        var gradient = scratch[..length];
        GradientPreparation.BeforeNorm(sum, gradient, _divisor, arithmetic.Clipping);
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

    /// <summary>The values of a part as they are added.</summary>
    /// <param name="index">Which part.</param>
    /// <param name="offset">First value, counted from the chunk's.</param>
    /// <param name="length">How many.</param>
    /// <param name="scratch">A block that may be written.</param>
    protected virtual Span<float> ReadPart(int index, int offset, int length, Span<float> scratch) =>
        _parts[index].Part.Values.Span.Slice(offset, length);

    /// <summary>A part by its index, or an addition by the complement of its index.</summary>
    /// <param name="node">What is summed.</param>
    /// <param name="parts">All of its parts, by their lanes; no part covers another, but a lane may have several.</param>
    private int OperandOf(TreeNode node, ReadOnlySpan<(int FirstLane, int Part)> parts)
    {
        if (parts.Length == 1)
        {
            return parts[0].Part;
        }

        if (node.IsLeaf)
        {
            return Sum(OperandOf(node, parts[..^1]), parts[^1].Part);
        }

        var right = 0;
        while (right < parts.Length && parts[right].FirstLane < node.Right.First)
        {
            right++;
        }

        return right == 0 ? OperandOf(node.Right, parts)
            : right == parts.Length ? OperandOf(node.Left, parts)
            : Sum(OperandOf(node.Left, parts[..right]), OperandOf(node.Right, parts[right..]));
    }

    private int Sum(int left, int right)
    {
        _additions.Add(new Addition(left, right));
        return ~(_additions.Count - 1);
    }

    private Span<float> Sum(int operand, int offset, int length, Span<float> scratch)
    {
        if (operand >= 0)
        {
            return ReadPart(operand, offset, length, scratch);
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
