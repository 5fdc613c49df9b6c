namespace DistNet.Simulation;

/// <summary>
/// How long workers compute. A law gives the time of one shard, a lane's slice of a batch; an order for several lanes takes as many times as
/// long, by one draw. Draws are keyed by (seed, worker, how many orders it has had), so those of one worker do not depend on the others.
/// </summary>
public sealed record ServiceModel
{
    /// <summary>The law of all workers that have none of their own.</summary>
    public DelayLaw Law { get; init; } = DelayLaw.Constant(TimeSpan.FromMilliseconds(10));

    /// <summary>Laws of single workers.</summary>
    public IReadOnlyDictionary<int, DelayLaw> LawOf { get; init; } = new Dictionary<int, DelayLaw>();

    /// <summary>Workers that take so many times as long.</summary>
    public IReadOnlyDictionary<int, double> SlowDown { get; init; } = new Dictionary<int, double>();

    public static ServiceModel Of(DelayLaw law) => new() { Law = law };

    public DelayLaw Of(int worker) => LawOf.GetValueOrDefault(worker, Law);

    public double SlowDownOf(int worker) => SlowDown.GetValueOrDefault(worker, 1);
}
