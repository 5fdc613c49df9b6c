namespace DistNet.Numerics;

/// <summary>What a draw is for: draws for different purposes are independent under the same seed. Values are part of a run's identity.</summary>
public enum LuckPurpose : uint
{
    /// <summary>First weights of a network.</summary>
    Initialisation = 0,

    /// <summary>Order of the samples in an epoch.</summary>
    Shuffle = 1,

    /// <summary>Which samples are held out.</summary>
    Split = 2,

    /// <summary>Which units are dropped.</summary>
    Dropout = 3,

    /// <summary>Generated data sets.</summary>
    Generator = 4,

    /// <summary>Delays and losses of the simulated network.</summary>
    Network = 5,

    /// <summary>Crashes, partitions and stalls of a simulation.</summary>
    Faults = 6,

    /// <summary>Delays and damage of simulated disks.</summary>
    Disk = 7,

    /// <summary>Simulated computing times.</summary>
    Compute = 8,

    /// <summary>Noise and samples of analytic objectives.</summary>
    Objective = 9,

    /// <summary>Directions in which the curvature of a loss is looked for.</summary>
    Curvature = 10,

    /// <summary>What the laboratory draws beside its runs: noise of reference models, resamples, which service times are kept.</summary>
    Laboratory = 20,
}
