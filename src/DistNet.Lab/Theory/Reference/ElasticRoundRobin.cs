using MathNet.Numerics.LinearAlgebra;

namespace DistNet.Lab;

/// <summary>EASGD on x^2 / 2, the workers in turn: a linear map of (x_1 .. x_P, c), which decays while its spectral radius is below 1.</summary>
public static class ElasticRoundRobin
{
    /// <summary>The elasticity alpha up to which a round decays.</summary>
    /// <param name="workers">P.</param>
    /// <param name="rate">eta.</param>
    public static double CriticalElasticity(int workers, double rate) => Bisection.Find(alpha => SpectralRadius(workers, rate, alpha) < 1, 1e-6, 2);

    /// <summary>Of one round: every worker once.</summary>
    public static double SpectralRadius(int workers, double rate, double elasticity)
    {
        var round = Matrix<double>.Build.DenseIdentity(workers + 1);
        for (var worker = 0; worker < workers; worker++)
        {
            round = Turn(workers, worker, rate, elasticity) * round;
        }

        return round.Evd().EigenValues.Max(value => value.Magnitude);
    }

    /// <summary>x_i and c move by each other's values before the turn.</summary>
    private static Matrix<double> Turn(int workers, int worker, double rate, double elasticity)
    {
        var turn = Matrix<double>.Build.DenseIdentity(workers + 1);
        turn[worker, worker] = 1 - rate - elasticity;
        turn[worker, workers] = elasticity;
        turn[workers, worker] = elasticity;
        turn[workers, workers] = 1 - elasticity;
        return turn;
    }
}
