using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>Something that carries out training runs, one at a time; what it runs them on is its own matter.</summary>
public interface IExperiment
{
    /// <summary>As <see cref="TrainingSession.RunAsync"/>, with the same exceptions. Seconds it reports are the host's: wall or virtual.</summary>
    public Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop);

    /// <summary>The verb that makes such a run alone.</summary>
    public string Verb { get; }
}
