using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>What runs of a comparison can be carried out on, by name.</summary>
public static class Experiments
{
    public const string InProcess = "in-process";
    public const string Cluster = "cluster";
    public const string Simulation = "simulation";

    /// <param name="under">One of the names.</param>
    /// <param name="train">Trains in this process.</param>
    /// <param name="command">How this program is started once more.</param>
    /// <param name="simulate">Simulates; not asked for under anything else.</param>
    /// <exception cref="UsageException">There is nothing of that name.</exception>
    public static IExperiment Find(
        string under,
        Func<TrainingOptions, ITrainingProgress, CancellationToken, Task<TrainingResult>> train,
        IReadOnlyList<string> command,
        Func<IExperiment> simulate) => under switch
        {
            InProcess => new InProcessExperiment(train),
            Cluster => new ClusterExperiment(command),
            Simulation => simulate(),
            _ => throw new UsageException($"--under: '{under}' is not one of {InProcess}, {Cluster}, {Simulation}"),
        };
}
