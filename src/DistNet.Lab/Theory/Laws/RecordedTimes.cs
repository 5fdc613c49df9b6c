namespace DistNet.Lab;

/// <summary>Times that were measured; a draw is one of them, each as likely as the others (the bootstrap, Efron 1979).</summary>
public sealed record RecordedTimes : ServiceLaw
{
    private readonly double[] _sorted;

    /// <param name="times">Any number but none.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public RecordedTimes(IEnumerable<double> times)
    {
        _sorted = [.. times.Order()];
        Mean = _sorted.Length > 0 ? _sorted.Average() : throw new ArgumentException("There are no times.", nameof(times));
    }

    /// <summary>From the shortest to the longest.</summary>
    public IReadOnlyList<double> Times => _sorted;

    public override double Mean { get; }

    public override double Quantile(double probability) => _sorted[(int)(probability * _sorted.Length)];
}
