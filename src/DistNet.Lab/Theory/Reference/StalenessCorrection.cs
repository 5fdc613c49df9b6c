namespace DistNet.Lab;

/// <summary>What is done about a gradient's age.</summary>
public enum StalenessCorrection
{
    None,

    /// <summary>The rate is divided by the staleness (Zhang et al. 2016, arXiv 1511.05950).</summary>
    Rate,

    /// <summary>The gradient is carried over to the newer weights by the curvature (Zheng et al. 2017, arXiv 1609.08326).</summary>
    DelayCompensation,
}
