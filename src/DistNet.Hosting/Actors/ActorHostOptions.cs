using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>How one process hosts actors.</summary>
/// <param name="Workers">Workers among them.</param>
/// <param name="Threads">Most threads that compute at once. Where there are more than workers, products are shared by several.</param>
/// <param name="CreateRunner">Makes the runner of one compute thread, with the team for its products.</param>
/// <param name="Observe">Told of every observation, on the thread that runs the turns; the envelope stays the host's.</param>
/// <param name="Remote">Carries messages to actors of other processes; null: there are none.</param>
public sealed record ActorHostOptions(
    int Workers, int Threads, Func<IComputeTeam, IWorkRunner> CreateRunner, Action<Envelope> Observe, IRemoteActors? Remote = null);

/// <summary>The way to actors of other processes.</summary>
public interface IRemoteActors
{
    /// <summary>
    /// Takes the envelope and its tensor over: recycles the one and releases the other, whether they could be delivered or not. Called on the
    /// thread that runs the turns, and does not wait.
    /// </summary>
    public void Send(Envelope envelope);
}
