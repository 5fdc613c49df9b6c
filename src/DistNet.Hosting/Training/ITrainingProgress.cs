using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// What a training run tells whoever watches it. Calls come one at a time, from a thread of the host, and must return
/// soon: a slow watcher slows the run. A watcher changes nothing.
/// </summary>
public interface ITrainingProgress
{
    /// <summary>Once, when data is loaded and the run folder exists, before the first step.</summary>
    public void Started(RunDescription description);

    /// <summary>At the end of every epoch.</summary>
    public void Epoch(EpochReport report);

    /// <summary>After every update.</summary>
    public void Step(in StepReport report);

    /// <summary>How the nodes of a cluster are, a few times a second. Where there are none, it is not told.</summary>
    public void Nodes(IReadOnlyList<NodeReport> nodes)
    {
    }

    /// <summary>
    /// Everything that the run's actors observe, as it comes and before what is made of it is told by the other calls. The envelope is the host's:
    /// copy what is kept, and touch no tensor.
    /// </summary>
    /// <param name="time">Since this start of the run began; virtual where the run is simulated.</param>
    /// <param name="envelope">The observation.</param>
    public void Observed(TimeSpan time, Envelope envelope)
    {
    }

    /// <summary>One line worth reading that is no error, such as a damaged checkpoint that was passed over.</summary>
    public void Notice(string line);
}
