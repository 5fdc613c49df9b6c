using System.Numerics;
using System.Runtime.InteropServices;

namespace DistNet.Learning;

/// <summary>The loop over a block for one non-linearity.</summary>
internal sealed class ActivationLoop<T> : ActivationFunction
    where T : struct, IActivation
{
    public override bool SlopeNeedsInput => T.SlopeNeedsInput;

    public override void Apply(ReadOnlySpan<float> inputs, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, inputs.Length, nameof(values));
        var source = Vectors(inputs);
        var target = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = T.Value(source[i]);
        }
    }

    public override void MultiplyBySlope(ReadOnlySpan<float> inputsOrValues, Span<float> gradients)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, inputsOrValues.Length, nameof(gradients));
        var source = Vectors(inputsOrValues);
        var target = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] *= T.Slope(source[i]);
        }
    }

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> block)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(block.Length % Padding.Floats, 0, nameof(block));
        return MemoryMarshal.Cast<float, Vector<float>>(block);
    }
}
