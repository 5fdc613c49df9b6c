using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>What a verification judges: the rules, and the actors that carry them out. A test hands in broken ones and sees the table turn red.</summary>
public sealed record Subject
{
    /// <summary>The rules and actors as they are shipped.</summary>
    public static readonly Subject Shipped = new();

    /// <summary>The rules of a text, for so many lanes.</summary>
    public Func<string, int, RuleSchedule> Rules { get; init; } = RuleSchedule.Parse;

    /// <summary>Puts an actor around, or in place of, a shipped one.</summary>
    public Func<ActorId, IActor, IActor> Wrap { get; init; } = static (_, actor) => actor;
}
