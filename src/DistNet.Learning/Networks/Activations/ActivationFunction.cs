using System.Diagnostics;

namespace DistNet.Learning;

/// <summary>
/// An <see cref="Activation"/> applied to whole blocks. Lengths are multiples of <see cref="Padding.Floats"/>, so that every element
/// takes the vector path and its bits do not depend on where in the block it stands.
/// </summary>
internal abstract class ActivationFunction
{
    public abstract bool SlopeNeedsInput { get; }

    public static ActivationFunction Of(Activation activation) => activation switch
    {
        Activation.Identity => new ActivationLoop<Identity>(),
        Activation.Sigmoid => new ActivationLoop<Sigmoid>(),
        Activation.Tanh => new ActivationLoop<Tanh>(),
        Activation.Relu => new ActivationLoop<Relu>(),
        Activation.LeakyRelu => new ActivationLoop<LeakyRelu>(),
        Activation.Elu => new ActivationLoop<Elu>(),
        Activation.Selu => new ActivationLoop<Selu>(),
        Activation.Softplus => new ActivationLoop<Softplus>(),
        Activation.Gelu => new ActivationLoop<Gelu>(),
        _ => throw new UnreachableException(),
    };

    /// <summary>Writes the value of each input; <paramref name="values"/> may be the same memory.</summary>
    public abstract void Apply(ReadOnlySpan<float> inputs, Span<float> values);

    /// <summary>Multiplies each gradient by the slope at its place (the chain rule).</summary>
    public abstract void MultiplyBySlope(ReadOnlySpan<float> inputsOrValues, Span<float> gradients);
}
