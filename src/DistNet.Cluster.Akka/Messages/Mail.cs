using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Akka;

/// <summary>
/// The one message that nodes send each other through Akka: a message of the protocol, without tensor. The envelope is never recycled, because Akka may hold
/// it as long as it likes, and may give it to several.
/// </summary>
internal sealed class Mail(Envelope envelope)
{
    public Envelope Envelope => envelope;

    public static Mail Of<T>(ActorId from, long incarnation, ActorId to, in T message)
        where T : struct, IMessage => new(Envelope<T>.Rent(from, incarnation, to, message));

    /// <summary>The message's name and its way: logs must not show what a <see cref="Hello"/> says.</summary>
    public override string ToString() => $"{WireMessages.NameOf(envelope) ?? envelope.GetType().Name} from {envelope.From} to {envelope.To}";
}
