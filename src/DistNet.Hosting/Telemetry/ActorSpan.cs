using System.Diagnostics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>The span of one life of an actor on a node; ends with this object.</summary>
public sealed class ActorSpan : IDisposable
{
    private readonly Activity _span;

    private ActorSpan(Activity span) => _span = span;

    /// <summary>Begins it; null where nobody listens.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="context">Of the run's span; null: nobody listened there.</param>
    /// <param name="actor">Who.</param>
    /// <param name="life">Number of its life.</param>
    public static ActorSpan? Begin(string run, string? context, ActorId actor, long life)
    {
        ActivityContext.TryParse(context, null, isRemote: true, out var parent);
        return TrainingTraces.Begin(TrainingTraces.Actor, parent) is { } span
            ? new ActorSpan(span.SetTag(TrainingTraces.RunTag, run).SetTag(TrainingTraces.ActorTag, actor.ToString()).SetTag(TrainingTraces.LifeTag, life))
            : null;
    }

    public void Dispose() => TrainingTraces.End(_span);
}
