using DistNet.Hosting;

namespace DistNet;

/// <summary>Passes epochs on and keeps notices.</summary>
internal sealed class EpochWatcher(IProgress<EpochReport>? progress) : ITrainingProgress
{
    private readonly List<string> _notices = [];

    public IReadOnlyList<string> Notices => _notices;

    public void Started(RunDescription description)
    {
    }

    public void Epoch(EpochReport report) => progress?.Report(report);

    public void Step(in StepReport report)
    {
    }

    public void Notice(string line) => _notices.Add(line);
}
