namespace DistNet.Reporting;

/// <summary>What curves are drawn against, and on which axes.</summary>
internal static class Curves
{
    public static readonly ChartAxis Loss = new("loss") { Logarithmic = true };

    public static readonly ChartAxis Accuracy = new("test accuracy") { Percent = true };

    public static readonly ChartAxis Updates = new("updates") { FromZero = true };

    public static readonly ChartAxis Samples = new("samples applied") { FromZero = true };

    /// <param name="isVirtual">The run was simulated.</param>
    public static ChartAxis Time(bool isVirtual) => new(isVirtual ? "virtual time" : "time", "s");
}
