using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>One actor of this process and its outbox.</summary>
internal sealed class ActorCell(ActorId id, IActor actor)
{
    public const long Incarnation = 1;

    public ActorId Id => id;

    public Outbox Outbox { get; } = new(id, Incarnation);

    public void Handle(in Input input) => actor.Handle(input, Outbox);
}
