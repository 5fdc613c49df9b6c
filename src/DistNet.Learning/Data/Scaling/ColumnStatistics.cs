namespace DistNet.Learning;

/// <summary>One feature over all samples, accumulated in double in the order of the samples.</summary>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Of the samples themselves (divided by their number, not by one less).</param>
internal readonly record struct ColumnStatistics(double Min, double Max, double Mean, double StandardDeviation)
{
    public bool IsConstant => Min == Max;

    public static ColumnStatistics Of(DataSet data, int feature)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0, squares = 0;
        for (var row = 0; row < data.Count; row++)
        {
            double value = data.Row(row)[feature];
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            sum += value;
        }

        var mean = sum / data.Count;
        for (var row = 0; row < data.Count; row++)
        {
            var difference = data.Row(row)[feature] - mean;
            squares += difference * difference;
        }

        return new(min, max, mean, Math.Sqrt(squares / data.Count));
    }
}
