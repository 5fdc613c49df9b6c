using MathNet.Numerics.Distributions;

namespace DistNet.Lab;

/// <summary>N(mean, deviation^2), cut off at 0: nothing takes less than no time. For deviations well below the mean.</summary>
/// <param name="Average">Mean, before the cut.</param>
/// <param name="Deviation">Standard deviation, above 0.</param>
public sealed record Gaussian(double Average, double Deviation) : ServiceLaw
{
    public override double Mean => Average;

    public override double Quantile(double probability) =>
        probability <= 0 ? 0 : Math.Max(0, Normal.InvCDF(Average, Deviation, probability));
}
