namespace DistNet.Hosting;

/// <summary>Nobody watches the run.</summary>
public sealed class Unwatched : ITrainingProgress
{
    public static Unwatched Instance { get; } = new();

    public void Started(RunDescription description)
    {
    }

    public void Epoch(EpochReport report)
    {
    }

    public void Step(in StepReport report)
    {
    }

    public void Notice(string line)
    {
    }
}
