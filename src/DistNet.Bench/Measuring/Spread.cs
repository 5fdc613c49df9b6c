namespace DistNet.Bench;

/// <summary>A figure measured in several rounds.</summary>
public readonly record struct Spread(double Median, double Min, double Max)
{
    /// <summary>With an even number of values the median is the mean of the middle two.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("There are no values.", nameof(values));
        }

        var middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Spread(middle, sorted[0], sorted[^1]);
    }

    /// <summary>The geometric mean of several figures, round by round.</summary>
    /// <param name="rounds">For each figure its value in every round; the same number of rounds each.</param>
    public static Spread GeometricMean(IReadOnlyList<IReadOnlyList<double>> rounds) =>
        Of(Enumerable.Range(0, rounds[0].Count).Select(round => Math.Exp(rounds.Average(figure => Math.Log(figure[round])))));
}
