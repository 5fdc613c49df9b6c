namespace DistNet.Hosting;

/// <summary>What a worker did for a while.</summary>
/// <param name="Worker">Its number.</param>
/// <param name="Step">The step of the gradient that it computed, or computed next.</param>
/// <param name="Kind">What it did.</param>
/// <param name="For">Waiting: for which worker, or <see cref="Milestone"/>; else empty.</param>
/// <param name="From">Seconds since this start of the run began, wall or virtual.</param>
/// <param name="To">When it ended, likewise.</param>
public readonly record struct TimelineSpan(int Worker, long Step, TimelineKind Kind, string For, double From, double To)
{
    /// <summary>What everybody waits for when the run is evaluated or stored.</summary>
    public const string Milestone = "evaluation or cut";
}

/// <summary>What workers do.</summary>
public enum TimelineKind
{
    /// <summary>Computing a gradient; pieces of it leave meanwhile.</summary>
    Compute,

    /// <summary>The last of it, the update and the new weights are on their way, and no other worker is waited for.</summary>
    Push,

    /// <summary>Waiting for another worker, an evaluation or a cut.</summary>
    Wait,
}
