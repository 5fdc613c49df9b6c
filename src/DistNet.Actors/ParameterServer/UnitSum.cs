using System.Numerics.Tensors;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The units of one update under a sequenced rule, added in the tree over lanes: each multiplied with its scale, and compensated for its delay
/// where that is asked for. Holds the tensors that it reads.
/// </summary>
internal sealed class UnitSum(RunPlan plan, UpdateArithmetic arithmetic) : LaneSum(plan, arithmetic)
{
    private readonly List<UnitPart> _units = [];
    private TensorSlice _weights;
    private TensorSlice _meanSquare;

    /// <summary>A unit may be transformed, and a lane may have several.</summary>
    public override int ScratchBlocks => base.ScratchBlocks + 2;

    /// <param name="weights">What delay is compensated to; retained.</param>
    /// <param name="meanSquare">Its running mean; retained; empty where there is none.</param>
    public void Begin(TensorSlice weights, TensorSlice meanSquare)
    {
        Begin(Plan.Tree.Root);
        _units.Clear();
        weights.Retain();
        meanSquare.Retain();
        (_weights, _meanSquare) = (weights, meanSquare);
    }

    /// <summary>Units of a lane in the order in which it computed them.</summary>
    /// <param name="unit">Which unit.</param>
    /// <param name="values">The sum over its samples; retained.</param>
    /// <param name="read">The weights it was computed on; retained.</param>
    public void Add(in ScaledUnit unit, TensorSlice values, TensorSlice read)
    {
        values.Retain();
        read.Retain();
        _units.Add(new UnitPart(read, unit.Scale, unit.Samples));
        Add(TreeNode.Leaf(unit.Unit.Lane), new GradientPart(values, 0));
    }

    public override void Release()
    {
        base.Release();
        foreach (var unit in _units)
        {
            unit.Read.Release();
        }

        _units.Clear();
        _weights.Release();
        _meanSquare.Release();
        _weights = _meanSquare = default;
    }

    protected override Span<float> ReadPart(int index, int offset, int length, Span<float> scratch)
    {
        var unit = _units[index];
        var values = base.ReadPart(index, offset, length, scratch);
        if (Plan.Correction.CompensatesDelay)
        {
            Compensate(unit, values, offset, scratch[..length]);
            values = scratch[..length];
        }

        if (unit.Scale != 1)
        {
            TensorPrimitives.Multiply(values, unit.Scale, scratch[..length]);
            values = scratch[..length];
        }

        return values;
    }

    private void Compensate(in UnitPart unit, ReadOnlySpan<float> values, int offset, Span<float> result) =>

        DelayCompensation.Apply(
            values,
            _weights.Span.Slice(offset, result.Length),
            unit.Read.Span.Slice(offset, result.Length),
            _meanSquare.IsEmpty ? default : _meanSquare.Span.Slice(offset, result.Length),
            result,
            Plan.Correction.Lambda,
            CorrectionSpec.MeanSquareDecay,
            Plan.DivisorOf(unit.Samples));

    private readonly record struct UnitPart(TensorSlice Read, float Scale, int Samples);
}
