using System.Numerics.Tensors;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The mean of the scaled gradients of the units of one update, in the order of the command. A single unit is taken as it is; its scale is
/// applied with the norm's factor.
/// </summary>
internal sealed class UnitMean : GradientSource
{
    private readonly List<(TensorSlice Values, float Scale)> _units = [];

    public override int ScratchBlocks => 2;

    public void Hold(TensorSlice values, float scale)
    {
        values.Retain();
        _units.Add((values, scale));
    }

    public override Span<float> Read(int offset, int length, Span<float> scratch)
    {
        var first = _units[0].Values.Span.Slice(offset, length);
        if (_units.Count == 1)
        {
            return first;
        }

        var mean = scratch[..length];
        var scaled = scratch.Slice(BlockLength, length);
        TensorPrimitives.Multiply(first, _units[0].Scale, mean);
        for (var i = 1; i < _units.Count; i++)
        {
            TensorPrimitives.Multiply(_units[i].Values.Span.Slice(offset, length), _units[i].Scale, scaled);
            TensorPrimitives.Add(mean, scaled, mean);
        }

        TensorPrimitives.Divide(mean, _units.Count, mean);
        return mean;
    }

    public override void Release()
    {
        foreach (var (values, _) in _units)
        {
            values.Release();
        }

        _units.Clear();
    }
}
