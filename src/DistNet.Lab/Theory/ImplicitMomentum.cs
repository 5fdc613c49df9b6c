namespace DistNet.Lab;

/// <summary>
/// Asynchrony begets momentum (Mitliagkas et al. 2016, arXiv 1605.09774). With M workers and exponential service times
/// E[w_(t+1) - w_t] = (1 - 1/M) E[w_t - w_(t-1)] - (alpha / M) E[grad f(w_t)].
/// </summary>
public static class ImplicitMomentum
{
    /// <summary>1 - 1/M.</summary>
    public static double Momentum(int workers) => 1 - (1.0 / workers);

    /// <summary>alpha / M.</summary>
    public static double EffectiveRate(double rate, int workers) => rate / workers;
}
