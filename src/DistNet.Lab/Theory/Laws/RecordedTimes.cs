namespace DistNet.Lab;

/// <summary>
/// Times that were measured; a draw is one of them, each as likely as the others (the bootstrap, Efron 1979). Equal draws from two recordings are
/// times of the same moment, as far as both were recorded side by side.
/// </summary>
public sealed record RecordedTimes : ServiceLaw
{
    private readonly double[] _times;
    private readonly double[] _sorted;

    /// <param name="times">Any number but none, in the order in which they were measured.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public RecordedTimes(IEnumerable<double> times)
    {
        _times = [.. times];
        _sorted = [.. _times.Order()];
        Mean = _times.Length > 0 ? _times.Average() : throw new ArgumentException("There are no times.", nameof(times));
    }

    /// <summary>As they were measured.</summary>
    public IReadOnlyList<double> Times => _times;

    public override double Mean { get; }

    public override double Quantile(double probability) => _sorted[(int)(probability * _sorted.Length)];

    public override double Draw(double uniform) => _times[(int)(uniform * _times.Length)];
}
