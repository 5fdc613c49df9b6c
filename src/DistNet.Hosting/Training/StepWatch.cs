using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Passes on what a run tells, and looks at its steps on the way.</summary>
/// <param name="inner">Told everything.</param>
/// <param name="saw">Told of each step before.</param>
public sealed class StepWatch(ITrainingProgress inner, Action<StepReport> saw) : ITrainingProgress
{
    public void Started(RunDescription description) => inner.Started(description);

    public void Epoch(EpochReport report) => inner.Epoch(report);

    public void Step(in StepReport report)
    {
        saw(report);
        inner.Step(report);
    }

    public void Nodes(IReadOnlyList<NodeReport> nodes) => inner.Nodes(nodes);

    public void Observed(TimeSpan time, Envelope envelope) => inner.Observed(time, envelope);

    public void Notice(string line) => inner.Notice(line);
}
