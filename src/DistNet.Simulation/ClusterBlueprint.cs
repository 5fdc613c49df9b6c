using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>What a simulated cluster consists of; every life of a node is built from it anew.</summary>
/// <param name="Plan">What is trained.</param>
/// <param name="Workers">Worker nodes.</param>
/// <param name="CreateRunner">Makes the runner of one life of a worker.</param>
public sealed record ClusterBlueprint(RunPlan Plan, int Workers, Func<IWorkRunner> CreateRunner)
{
    /// <summary>Puts an actor of its own around or in place of a real one; for tests that break something on purpose.</summary>
    public Func<ActorId, IActor, IActor> Wrap { get; init; } = static (_, actor) => actor;

    /// <summary>In the order of their numbers: the coordinator's, the servers', the workers'.</summary>
    public IEnumerable<NodeName> Nodes =>
        Enumerable.Range(0, Servers).Select(server => new NodeName(Role.Server, server))
            .Concat(Enumerable.Range(0, Workers).Select(worker => new NodeName(Role.Worker, worker)))
            .Prepend(NodeName.Coordinator);

    internal int NodeCount => 1 + Servers + Workers;

    private int Servers => Plan.Map.Partitions.Length;

    /// <summary>Number of the node that hosts an actor; -1: there is none.</summary>
    internal int NumberOf(ActorId actor) => actor.Role switch
    {
        Role.Server => actor.Index < Servers ? 1 + actor.Index : -1,
        Role.Worker => actor.Index < Workers ? 1 + Servers + actor.Index : -1,
        _ => 0,
    };

    /// <summary>Number of an actor on its node.</summary>
    internal static int PlaceOf(ActorId actor) => actor.Role == Role.Sequencer ? 1 : 0;

    /// <param name="name">Which node.</param>
    /// <param name="incarnation">Which life.</param>
    /// <param name="shared">The memory of all nodes; null: each life has its own.</param>
    internal SimulatedNode Build(NodeName name, long incarnation, TensorPool? shared) => new(
        name,
        NumberOf(new ActorId(name.Role, name.Index)),
        incarnation,
        name.Role == Role.Worker ? CreateRunner() : null,
        shared,
        pool => [.. ActorsOf(name, pool).Select(made => (made.Id, Wrap(made.Id, made.Actor)))]);

    private IEnumerable<(ActorId Id, IActor Actor)> ActorsOf(NodeName name, TensorPool pool) => name.Role switch
    {
        Role.Coordinator => [(ActorId.Coordinator, new CoordinatorActor(Plan)), (ActorId.Sequencer, new SequencerActor(Plan))],
        Role.Server => [(ActorId.Server(name.Index), new ParameterServerActor(name.Index, Plan, pool))],
        _ => [(ActorId.Worker(name.Index), new WorkerActor(name.Index, Plan, pool))],
    };
}
