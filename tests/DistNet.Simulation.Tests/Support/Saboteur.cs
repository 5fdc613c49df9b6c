using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Stands before a real actor and alters, repeats or withholds what it is told.</summary>
internal sealed class Saboteur(ActorId id, IActor actor, Func<Envelope, Envelope?> alter) : IActor
{
    public void Handle(in Input input, Outbox outbox)
    {
        if (input.Kind != InputKind.Message)
        {
            actor.Handle(input, outbox);
            return;
        }

        if (alter(input.Envelope) is { } altered)
        {
            actor.Handle(Input.Message(input.Now, altered), outbox);
        }
    }

    /// <summary>The same message from the same sender with other content.</summary>
    public Envelope With<T>(Envelope original, in T message)
        where T : struct, IMessage => Envelope<T>.Rent(original.From, original.FromIncarnation, id, message);
}
