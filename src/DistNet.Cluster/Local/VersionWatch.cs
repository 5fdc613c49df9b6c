using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>Passes on what a run tells, and sees how far it is.</summary>
/// <param name="inner">Told everything.</param>
/// <param name="saw">Told the version after each update that is told.</param>
internal sealed class VersionWatch(ITrainingProgress inner, Action<long> saw) : ITrainingProgress
{
    public void Started(RunDescription description) => inner.Started(description);

    public void Epoch(EpochReport report) => inner.Epoch(report);

    public void Step(in StepReport report)
    {
        saw(report.Version);
        inner.Step(report);
    }

    public void Nodes(IReadOnlyList<NodeReport> nodes) => inner.Nodes(nodes);

    public void Observed(TimeSpan time, Envelope envelope) => inner.Observed(time, envelope);

    public void Notice(string line) => inner.Notice(line);
}
