using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>A simulated machine: the coordinator's (which hosts the sequencer too), one server's or one worker's.</summary>
public readonly record struct NodeName(Role Role, int Index)
{
    public static readonly NodeName Coordinator = new(Role.Coordinator, 0);

    public static NodeName Of(ActorId actor) => actor.Role == Role.Sequencer ? Coordinator : new NodeName(actor.Role, actor.Index);

    public override string ToString() => new ActorId(Role, Index).ToString();
}
