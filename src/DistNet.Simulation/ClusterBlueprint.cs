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
    public IEnumerable<NodeName> Nodes =>
        Enumerable.Range(0, Plan.Map.Partitions.Length).Select(server => new NodeName(Role.Server, server))
            .Concat(Enumerable.Range(0, Workers).Select(worker => new NodeName(Role.Worker, worker)))
            .Prepend(NodeName.Coordinator);

    internal SimulatedNode Build(NodeName name, long incarnation)
    {
        var node = new SimulatedNode(name, incarnation, name.Role == Role.Worker ? CreateRunner() : null);
        switch (name.Role)
        {
            case Role.Coordinator:
                node.Add(ActorId.Coordinator, new CoordinatorActor(Plan));
                node.Add(ActorId.Sequencer, new SequencerActor(Plan));
                break;
            case Role.Server:
                node.Add(ActorId.Server(name.Index), new ParameterServerActor(name.Index, Plan, node.Pool));
                break;
            default:
                node.Add(ActorId.Worker(name.Index), new WorkerActor(name.Index, Plan, node.Pool));
                break;
        }

        return node;
    }
}
