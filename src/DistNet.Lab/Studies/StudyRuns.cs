using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>What the studies' runs have in common: a machine for each lane, plain SGD, and links that cost nothing.</summary>
internal static class StudyRuns
{
    /// <summary>Least and mean excess of the service times, in seconds: D = 1 and mu = 1 of the theory.</summary>
    public static readonly ShiftedExponential Law = new(1, 1);

    /// <summary>The same as text.</summary>
    public const string Jitter = "shifted:1s+1s";

    /// <summary>Loss of a network that knows nothing of the ten digits: all alike.</summary>
    public static readonly double KnowsNothing = Math.Log(10);

    /// <param name="mode">The rule.</param>
    /// <param name="lanes">P.</param>
    /// <param name="updates">Length; null: the training options' epochs.</param>
    /// <param name="unit">Samples of a unit.</param>
    public static TrainingOptions Of(string mode, int lanes, long? updates = null, int unit = 1)
    {
        var options = new TrainingOptions { Mode = mode, Workers = lanes, Lanes = lanes, Batch = lanes * unit, Optimizer = OptimizerKind.Sgd };
        return updates is null ? options : options with { Steps = updates, Epochs = null };
    }

    /// <summary>Alike machines with random delays.</summary>
    /// <param name="compute">What they compute; null: the network.</param>
    /// <param name="service">The law of their times.</param>
    public static SimulateTexts Cluster(string? compute = null, string service = Jitter) => new() { Compute = compute, Service = service };

    /// <summary>The objective of that size; its loss begins at half of it.</summary>
    public static string Quadratic(int dimension, double noise) => $"quadratic:{Options(new QuadraticObjective { Length = dimension, Noise = noise })}";

    private static string Options(QuadraticObjective objective) => FormattableString.Invariant($"dimension={objective.Length},noise={objective.Noise}");
}
