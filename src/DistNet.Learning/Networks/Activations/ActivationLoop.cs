using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>The loop over a part of a block for one non-linearity.</summary>
internal sealed unsafe class ActivationLoop<T> : ActivationFunction
    where T : struct, IActivation
{
    public override bool SlopeNeedsInput => T.SlopeNeedsInput;

    public override bool IsIdentity => typeof(T) == typeof(Identity);

    public override void Apply(Matrix inputs, Matrix values)
    {
        for (var row = 0; row < values.Rows; row++)
        {
            var source = inputs.Pointer + ((nint)row * inputs.Stride);
            var target = values.Pointer + ((nint)row * values.Stride);
            for (var i = 0; i < values.Columns; i += Vector<float>.Count)
            {
                T.Value(Vector.Load(source + i)).Store(target + i);
            }
        }
    }

    public override void MultiplyBySlope(Matrix inputsOrValues, Matrix gradients)
    {
        for (var row = 0; row < gradients.Rows; row++)
        {
            var source = inputsOrValues.Pointer + ((nint)row * inputsOrValues.Stride);
            var target = gradients.Pointer + ((nint)row * gradients.Stride);
            for (var i = 0; i < gradients.Columns; i += Vector<float>.Count)
            {
                (Vector.Load(target + i) * T.Slope(Vector.Load(source + i))).Store(target + i);
            }
        }
    }
}
