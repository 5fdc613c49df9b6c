namespace DistNet.Hosting;

/// <summary>When a fault begins; either a time or a version.</summary>
/// <param name="At">Time since the run's first generation opened.</param>
/// <param name="Step">Updates applied.</param>
public readonly record struct FaultStart(TimeSpan? At, long? Step)
{
    public static FaultStart Time(TimeSpan at) => new(at, null);

    public static FaultStart Version(long step) => new(null, step);

    /// <summary>Whether it has begun once the run is that far.</summary>
    public bool IsReached(TimeSpan now, long version) => At is { } at ? now >= at : version >= Step;

    public override string ToString() => At is { } at ? $"at {SpanText.Of(at)}" : FormattableString.Invariant($"at step {Step}");
}
