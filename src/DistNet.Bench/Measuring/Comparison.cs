namespace DistNet.Bench;

/// <summary>Seconds for each operation of each side, in every round.</summary>
public sealed class Comparison
{
    private readonly Dictionary<string, IReadOnlyList<double>> _seconds;

    internal Comparison(IReadOnlyList<string> names, IReadOnlyList<double[]> seconds) =>
        _seconds = names.Zip(seconds).ToDictionary(pair => pair.First, pair => (IReadOnlyList<double>)pair.Second);

    public Spread Seconds(string side) => Spread.Of(_seconds[side]);

    /// <summary>Units of work in a second.</summary>
    /// <param name="side">Whose.</param>
    /// <param name="work">Units in one operation, such as floating-point operations or samples.</param>
    public Spread Rate(string side, double work) => Spread.Of(_seconds[side].Select(seconds => work / seconds));

    /// <summary>Time of one side over time of another, within each round.</summary>
    public IReadOnlyList<double> TimeRatios(string side, string over) => [.. _seconds[side].Zip(_seconds[over], (a, b) => a / b)];

    /// <inheritdoc cref="TimeRatios"/>
    public Spread TimeRatio(string side, string over) => Spread.Of(TimeRatios(side, over));
}
