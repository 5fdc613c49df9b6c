using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Two who watch the same run.</summary>
/// <param name="first">Is told everything first.</param>
/// <param name="second">Is told everything, too.</param>
public sealed class ProgressPair(ITrainingProgress first, ITrainingProgress second) : ITrainingProgress
{
    public void Started(RunDescription description)
    {
        first.Started(description);
        second.Started(description);
    }

    public void Epoch(EpochReport report)
    {
        first.Epoch(report);
        second.Epoch(report);
    }

    public void Step(in StepReport report)
    {
        first.Step(report);
        second.Step(report);
    }

    public void Nodes(IReadOnlyList<NodeReport> nodes)
    {
        first.Nodes(nodes);
        second.Nodes(nodes);
    }

    public void Observed(TimeSpan time, Envelope envelope)
    {
        first.Observed(time, envelope);
        second.Observed(time, envelope);
    }

    public void Notice(string line)
    {
        first.Notice(line);
        second.Notice(line);
    }
}
