using System.Diagnostics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// An <see cref="Activation"/> applied to a part of a block of rows. Rows are padded (<see cref="Padding"/>), and whole vectors are
/// computed up to the padding's end, so that every element takes the vector path and its bits do not depend on where it stands.
/// </summary>
internal abstract class ActivationFunction
{
    public abstract bool SlopeNeedsInput { get; }

    /// <summary>True when there is nothing to compute.</summary>
    public abstract bool IsIdentity { get; }

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

    /// <summary>Writes the value of each input.</summary>
    /// <param name="inputs">[rows, units] of the layer, or a part that begins at a whole vector.</param>
    /// <param name="values">The same part; may be the same memory.</param>
    public abstract void Apply(Matrix inputs, Matrix values);

    /// <summary>Multiplies each gradient by the slope at its place (the chain rule).</summary>
    public abstract void MultiplyBySlope(Matrix inputsOrValues, Matrix gradients);
}
