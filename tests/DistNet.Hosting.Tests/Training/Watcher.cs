namespace DistNet.Hosting.Tests;

/// <summary>Keeps what a run tells, and may act on it while the run waits.</summary>
internal sealed class Watcher : ITrainingProgress
{
    public List<string> Notices { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public RunDescription? Description { get; private set; }

    public Action<StepReport>? OnStep { get; init; }

    public void Started(RunDescription description) => Description = description;

    public void Epoch(EpochReport report) => Epochs.Add(report);

    public void Step(in StepReport report) => OnStep?.Invoke(report);

    public void Notice(string line) => Notices.Add(line);
}
