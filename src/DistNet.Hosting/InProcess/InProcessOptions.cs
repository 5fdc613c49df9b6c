using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>How one process hosts a run's actors.</summary>
/// <param name="Workers">Number of workers.</param>
/// <param name="Threads">Most threads that compute at once. Where there are more than workers, products are shared by several.</param>
/// <param name="CreateRunner">Makes the runner of one compute thread, with the team for its products.</param>
/// <param name="Observe">Told of every observation, on the thread that runs the turns.</param>
public sealed record InProcessOptions(int Workers, int Threads, Func<IComputeTeam, IWorkRunner> CreateRunner, Action<Envelope> Observe);
