namespace DistNet.Learning;

/// <summary>How the weights of a layer with so many inputs (in) and units (out) start, drawn by the run's seed. Biases start at 0.</summary>
public enum InitializerKind
{
    /// <summary>All 0: for networks without hidden layer.</summary>
    Zeros,

    /// <summary>Uniform from 0 to 1.</summary>
    Uniform,

    /// <summary>Normal with mean 0 and standard deviation 0.01.</summary>
    Normal,

    /// <summary>Normal with variance 2 / (in + out) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>Normal with variance 2 / in (He et al. 2015).</summary>
    He,

    /// <summary>Normal with variance 1 / in (LeCun et al. 1998).</summary>
    LeCun,

    /// <summary>All 1: where an analytic objective begins.</summary>
    Ones,
}
