namespace DistNet.Learning;

/// <summary>
/// How features are scaled: (value - Offsets[i]) * Factors[i], computed in double and rounded once. Fitted on the training
/// part and applied to every part, so that nothing of the test part leaks into training.
/// A column that is constant in the training part becomes 0 everywhere.
/// </summary>
/// <param name="Kind">The rule it was fitted by.</param>
/// <param name="Offsets">One for each feature.</param>
/// <param name="Factors">One for each feature; 0 for a constant column.</param>
public sealed record Scaling(ScalingKind Kind, IReadOnlyList<double> Offsets, IReadOnlyList<double> Factors)
{
    public static Scaling Fit(ScalingKind kind, DataSet train) => kind switch
    {
        ScalingKind.None => Uniform(kind, train, factor: 1),
        ScalingKind.Unit when train.Info.FullScale is { } fullScale => Uniform(kind, train, 1.0 / fullScale),
        ScalingKind.Unit => PerColumn(kind, train, column => (column.Min, column.Max - column.Min)),
        ScalingKind.Standard => PerColumn(kind, train, column => (column.Mean, column.StandardDeviation)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown scaling"),
    };

    /// <summary>A scaled copy; the data themselves where nothing is scaled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The data have another number of features.</exception>
    public DataSet Apply(DataSet data)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Info.Features, Offsets.Count, nameof(data));
        if (Kind == ScalingKind.None)
        {
            return data;
        }

        double[] offsets = [.. Offsets], factors = [.. Factors];
        var values = new float[data.Values.Length];
        for (var row = 0; row < values.Length; row += offsets.Length)
        {
            for (var i = 0; i < offsets.Length; i++)
            {
                values[row + i] = (float)((data.Values[row + i] - offsets[i]) * factors[i]);
            }
        }

        return new DataSet(data.Info with { FullScale = null }, values, data.Labels);
    }

    private static Scaling Uniform(ScalingKind kind, DataSet train, double factor)
    {
        var factors = new double[train.Info.Features];
        Array.Fill(factors, factor);
        return new Scaling(kind, new double[factors.Length], factors);
    }

    private static Scaling PerColumn(ScalingKind kind, DataSet train, Func<ColumnStatistics, (double Offset, double Range)> rule)
    {
        var offsets = new double[train.Info.Features];
        var factors = new double[train.Info.Features];
        for (var i = 0; i < offsets.Length; i++)
        {
            var column = ColumnStatistics.Of(train, i);
            (offsets[i], var range) = rule(column);
            factors[i] = column.IsConstant ? 0 : 1 / range;
        }

        return new Scaling(kind, offsets, factors);
    }
}
