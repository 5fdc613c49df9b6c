using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>Runs in this process.</summary>
/// <param name="train">Such as <see cref="TrainingSession.RunAsync"/>.</param>
public sealed class InProcessExperiment(Func<TrainingOptions, ITrainingProgress, CancellationToken, Task<TrainingResult>> train) : IExperiment
{
    public string Verb => "train";

    public Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop) => train(options, progress, stop);
}
