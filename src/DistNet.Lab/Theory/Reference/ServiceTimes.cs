using DistNet.Numerics;

namespace DistNet.Lab;

/// <summary>
/// Service times of several workers, drawn one after the other. The n-th of a worker is a function of (seed, group of workers, n), so two rules that are
/// given the same seed meet the same luck. Not for several threads.
/// </summary>
public sealed class ServiceTimes
{
    private const double Scale53 = 1.0 / (1UL << 53);

    private readonly IReadOnlyList<ServiceLaw> _laws;
    private readonly LuckKey[] _luck;
    private readonly ulong[] _drawn;

    /// <param name="laws">The law of each worker.</param>
    /// <param name="seed">Of all draws.</param>
    /// <param name="exchange">What a push and the pull that answers it take, added to each <see cref="Next"/>; in the laws' unit.</param>
    /// <param name="group">So many workers after each other have the same luck; by default each has its own.</param>
    public ServiceTimes(IReadOnlyList<ServiceLaw> laws, ulong seed, double exchange = 0, int group = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(laws.Count, nameof(laws));
        _laws = laws;
        _luck = [.. Enumerable.Range(0, laws.Count).Select(worker => Luck.Key(seed, LuckPurpose.Compute, (uint)(worker / group)))];
        _drawn = new ulong[laws.Count];
        Exchange = exchange;
    }

    /// <summary>Workers that are alike.</summary>
    public ServiceTimes(ServiceLaw law, int workers, ulong seed)
        : this([.. Enumerable.Repeat(law, workers)], seed)
    {
    }

    /// <summary>P.</summary>
    public int Workers => _laws.Count;

    /// <summary>Time of a push and pull.</summary>
    public double Exchange { get; }

    /// <summary>From a worker's beginning to its result being held: some steps, and one exchange.</summary>
    public double Next(int worker, int steps = 1)
    {
        var time = Exchange;
        for (var step = 0; step < steps; step++)
        {
            time += _laws[worker].Draw((_luck[worker].UInt64(_drawn[worker]++) >> 11) * Scale53);
        }

        return time;
    }
}
