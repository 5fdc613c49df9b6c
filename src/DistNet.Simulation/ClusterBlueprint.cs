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

    public IEnumerable<NodeName> Nodes =>
        Enumerable.Range(0, Plan.Map.Partitions.Length).Select(server => new NodeName(Role.Server, server))
            .Concat(Enumerable.Range(0, Workers).Select(worker => new NodeName(Role.Worker, worker)))
            .Prepend(NodeName.Coordinator);

    internal SimulatedNode Build(NodeName name, long incarnation)
    {
        var node = new SimulatedNode(name, incarnation, name.Role == Role.Worker ? CreateRunner() : null);
        foreach (var (id, actor) in ActorsOf(name, node.Pool))
        {
            node.Add(id, Wrap(id, actor));
        }

        return node;
    }

    private IEnumerable<(ActorId Id, IActor Actor)> ActorsOf(NodeName name, TensorPool pool) => name.Role switch
    {
        Role.Coordinator => [(ActorId.Coordinator, new CoordinatorActor(Plan)), (ActorId.Sequencer, new SequencerActor(Plan))],
        Role.Server => [(ActorId.Server(name.Index), new ParameterServerActor(name.Index, Plan, pool))],
        _ => [(ActorId.Worker(name.Index), new WorkerActor(name.Index, Plan, pool))],
    };
}
