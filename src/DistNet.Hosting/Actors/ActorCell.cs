using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>One actor of this process, in one life, and its outbox.</summary>
internal sealed class ActorCell(ActorId id, IActor actor, long incarnation)
{
    public ActorId Id => id;

    public long Incarnation => incarnation;

    public Outbox Outbox { get; } = new(id, incarnation);

    public void Handle(in Input input) => actor.Handle(input, Outbox);
}
