namespace DistNet.Lab;

/// <summary>One figure of a row of a study.</summary>
/// <param name="Name">What it is; the same in all rows of a table.</param>
/// <param name="Value">The measurement, a mean over seeds; null: no run came to it.</param>
/// <param name="StandardError">Of the mean; null: there was one value, or it is exact.</param>
/// <param name="Theory">What theory says; null: nothing.</param>
public sealed record StudyFigure(string Name, double? Value, double? StandardError = null, double? Theory = null)
{
    /// <summary>Over seeds; those without the figure are left out.</summary>
    internal static StudyFigure Over(string name, IEnumerable<double?> values, double? theory = null)
    {
        double[] given = [.. values.OfType<double>()];
        return given.Length switch
        {
            0 => new(name, null, null, theory),
            1 => new(name, given[0], null, theory),
            _ => Of(name, Estimate.OfIndependent(given), theory),
        };
    }

    internal static StudyFigure Of(string name, Estimate estimate, double? theory = null) =>
        new(name, estimate.Mean, estimate.StandardError, theory);
}
