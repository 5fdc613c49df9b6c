using MathNet.Numerics.Distributions;

namespace DistNet.Lab;

/// <summary>exp(N(mu, sigma^2)): delays that multiply.</summary>
/// <param name="Mu">Mean of the logarithm.</param>
/// <param name="Sigma">Standard deviation of the logarithm, above 0.</param>
public sealed record Lognormal(double Mu, double Sigma) : ServiceLaw
{
    public override double Mean => Math.Exp(Mu + (Sigma * Sigma / 2));

    public override double Quantile(double probability) => probability <= 0 ? 0 : LogNormal.InvCDF(Mu, Sigma, probability);
}
