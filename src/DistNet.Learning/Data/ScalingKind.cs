namespace DistNet.Learning;

/// <summary>How features are scaled before training.</summary>
public enum ScalingKind
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>To 0..1: by the full scale where it is known, else by each column's smallest and largest value.</summary>
    Unit,

    /// <summary>Each column to mean 0 and standard deviation 1.</summary>
    Standard,
}
