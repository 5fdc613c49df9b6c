namespace DistNet.Protocol;

/// <summary>What an actor does.</summary>
public enum Role
{
    /// <summary>Knows who is there, opens generations, declares cuts complete, reports loss.</summary>
    Coordinator,

    /// <summary>Decides which gradients form which update. Lives and dies with the coordinator's node.</summary>
    Sequencer,

    /// <summary>Holds partitions of the parameter vector and applies updates to them.</summary>
    Server,

    /// <summary>Computes the gradients of the lanes it hosts.</summary>
    Worker,
}

/// <summary>The address of an actor; it outlives the actor's incarnations.</summary>
public readonly record struct ActorId(Role Role, int Index)
{
    public static readonly ActorId Coordinator = new(Role.Coordinator, 0);

    public static readonly ActorId Sequencer = new(Role.Sequencer, 0);

    public static ActorId Server(int index) => new(Role.Server, index);

    public static ActorId Worker(int index) => new(Role.Worker, index);

    public override string ToString() => Role switch
    {
        Role.Coordinator => "coordinator",
        Role.Sequencer => "sequencer",
        Role.Server => $"server-{Index}",
        _ => $"worker-{Index}",
    };
}
