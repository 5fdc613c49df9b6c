namespace DistNet.Learning;

/// <summary>
/// What a network is, without its numbers: a stack of dense layers and a loss on the last one's output.
/// Two specs that are equal have parameter vectors of the same layout.
/// </summary>
/// <param name="Inputs">Features per sample.</param>
/// <param name="Layers">From the input to the output; the last one's width is the number of outputs.</param>
/// <param name="Loss">What is minimised.</param>
public sealed record NetworkSpec(int Inputs, IReadOnlyList<DenseSpec> Layers, LossSpec Loss)
{
    public int Outputs => Layers[^1].Units;

    public bool Equals(NetworkSpec? other) =>
        other is not null && Inputs == other.Inputs && Loss == other.Loss && Layers.SequenceEqual(other.Layers);

    public override int GetHashCode() => HashCode.Combine(Inputs, Layers.Count, Outputs, Loss);
}

/// <summary>One dense layer: output = activation(input x weight + bias), weight stored [in, out].</summary>
/// <param name="Units">Width of the output.</param>
/// <param name="Activation">Applied element by element to the layer's output.</param>
/// <param name="HasBias">Whether a bias is added.</param>
/// <param name="Dropout">Probability in [0, 1) with which a unit of this layer's output is zeroed while training
/// (inverted dropout: the others are divided by 1 - p); 0 on the last layer.</param>
public sealed record DenseSpec(int Units, Activation Activation, bool HasBias = true, float Dropout = 0);

/// <summary>Element-by-element non-linearities.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(x, 0) (Nair and Hinton 2010).</summary>
    Relu,

    /// <summary>x, or 0.01 x below 0 (Maas et al. 2013).</summary>
    LeakyRelu,

    /// <summary>x, or e^x - 1 below 0 (Clevert et al. 2016, alpha = 1).</summary>
    Elu,

    /// <summary>scale * (x, or alpha (e^x - 1) below 0) (Klambauer et al. 2017).</summary>
    Selu,

    /// <summary>log(1 + e^x).</summary>
    Softplus,

    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016, in its tanh form).</summary>
    Gelu,
}

/// <summary>What is minimised, and whether the sum over samples is divided by their number.</summary>
public sealed record LossSpec(LossKind Kind, Reduction Reduction = Reduction.Mean);

/// <summary>The loss of one sample, in nats where it is a cross-entropy.</summary>
public enum LossKind
{
    /// <summary>Softmax of the outputs and cross-entropy with the class.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Sigmoid of each output and binary cross-entropy with its 0/1 target, summed over outputs.</summary>
    SigmoidCrossEntropy,

    /// <summary>Squared error, summed over outputs: sum (y - t)^2 / 2 for each sample.</summary>
    SquaredError,
}

/// <summary>From the losses of samples to the loss of a batch, and of its gradient likewise.</summary>
public enum Reduction
{
    /// <summary>The loss of a batch is the mean over its samples.</summary>
    Mean,

    /// <summary>The loss of a batch is the sum over its samples.</summary>
    Sum,
}
