namespace DistNet.Learning;

/// <summary>From the gradient g to the weights w, element by element.</summary>
public enum OptimizerKind
{
    /// <summary>w = w - rate g.</summary>
    Sgd,

    /// <summary>v = momentum v + g; w = w - rate v (Polyak 1964, in the form of torch.optim.SGD).</summary>
    Momentum,

    /// <summary>v = momentum v + g; w = w - rate (g + momentum v) (Nesterov 1983, in the form of Sutskever et al. 2013).</summary>
    Nesterov,

    /// <summary>s = s + g^2; w = w - rate g / (sqrt(s) + epsilon) (Duchi, Hazan and Singer 2011).</summary>
    Adagrad,

    /// <summary>s = beta2 s + (1 - beta2) g^2; w = w - rate g / (sqrt(s) + epsilon) (Tieleman and Hinton 2012).</summary>
    RmsProp,

    /// <summary>
    /// m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w = w - rate / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + epsilon) (Kingma and Ba
    /// 2015).
    /// </summary>
    Adam,

    /// <summary>Adam after w = (1 - rate l2) w: the decay is no part of the gradient (Loshchilov and Hutter 2019).</summary>
    AdamW,
}

/// <summary>How a server turns a gradient into an update. Numbers are doubles, so that 1 - Beta2 loses no digits.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Momentum">Decay of the velocity; momentum and Nesterov.</param>
/// <param name="Beta1">Decay of the first moment; Adam and AdamW.</param>
/// <param name="Beta2">Decay of the second moment; Adam, AdamW and RMSProp.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
public sealed record OptimizerSpec(
    OptimizerKind Kind,
    double Momentum = 0.9,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8)
{
    /// <summary>Part of the last step that plain momentum repeats; 0 under the other rules.</summary>
    public double HeavyBall => Kind == OptimizerKind.Momentum ? Momentum : 0;
}

/// <summary>
/// Penalty on weights (not on biases), added once, at the server: l2 / 2 * sum w^2 + l1 * sum |w|.
/// Under AdamW l2 is the decoupled weight decay instead.
/// </summary>
public sealed record PenaltySpec(float L2 = 0, float L1 = 0)
{
    public static readonly PenaltySpec None = new();
}

/// <summary>
/// Clipping of the mean data gradient before penalties and optimiser: first each element to [-Value, Value],
/// then the whole vector to Euclidean norm Norm. Null: not clipped.
/// </summary>
public sealed record ClippingSpec(float? Value = null, float? Norm = null)
{
    public static readonly ClippingSpec None = new();
}
