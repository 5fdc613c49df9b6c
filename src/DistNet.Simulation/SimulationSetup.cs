using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>One simulated run: what is trained, by how many, what computes it, and how long everything takes. Knows no file and no command line.</summary>
/// <param name="Plan">What is trained.</param>
/// <param name="Workers">Worker nodes; as many as lanes where each lane is to have a machine of its own.</param>
/// <param name="CreateRunner">Makes the one runner that computes for all workers, one after the other; it must take the rows of a whole batch. Disposed at the end.</param>
public sealed record SimulationSetup(RunPlan Plan, int Workers, Func<RunPlan, IWorkRunner> CreateRunner)
{
    public SimulationOptions Options { get; init; } = new() { SharesMemory = true };

    /// <summary>Puts an actor of its own around or in place of a real one.</summary>
    public Func<ActorId, IActor, IActor>? Wrap { get; init; }

    /// <summary>Called with the time and every observation of every actor. The envelope is valid during the call only, and its tensors are not the caller's.</summary>
    public Action<TimeSpan, Envelope>? Observer { get; init; }

    /// <summary>Called with every input before an actor is given it.</summary>
    public Action<ActorId, Input>? Tracer { get; init; }

    /// <summary>Told where virtual time goes.</summary>
    public ISimulationWatcher? Watcher { get; init; }

    /// <summary>Called for every fault that begins, with its place in the plan.</summary>
    public Action<TimeSpan, int, Fault>? Faulted { get; init; }

    /// <summary>Called with everything that an actor stores; who keeps a tensor of it holds it.</summary>
    public Action<ActorId, DurableKey, DurableItem>? Storing { get; init; }

    /// <summary>A run that minimises an objective, on a machine for each lane and with links that cost nothing.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="plan">Made by <see cref="StandIn.Plan"/>.</param>
    /// <param name="service">Time of a unit.</param>
    public static SimulationSetup Of(Objective objective, RunPlan plan, ServiceModel service) => new(plan, plan.Lanes, real => StandIn.CreateRunner(real, objective))
    {
        Options = new SimulationOptions { Seed = plan.Seed, Service = service, SharesMemory = true },
    };
}
