namespace DistNet.Lab;

/// <summary>A worker that is slower, by a factor, for good.</summary>
/// <param name="Law">Of the others.</param>
/// <param name="Factor">Its times over theirs.</param>
public sealed record ScaledLaw(ServiceLaw Law, double Factor) : ServiceLaw
{
    public override double Mean => Law.Mean * Factor;

    public override double Quantile(double probability) => Law.Quantile(probability) * Factor;

    public override double Draw(double uniform) => Law.Draw(uniform) * Factor;
}
