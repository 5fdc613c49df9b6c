using DistNet.Numerics;

namespace DistNet.Lab;

/// <summary>f = c w^2 / 2 with gradients c w + s n, n standard normal: the model on which the exact noise floors hold.</summary>
/// <param name="Rate">eta.</param>
/// <param name="Curvature">c.</param>
/// <param name="Deviation">s, standard deviation of one gradient's noise.</param>
public sealed record NoisyQuadratic(double Rate, double Curvature, double Deviation)
{
    /// <summary>f of a weight.</summary>
    public double Value(double w) => Curvature * w * w / 2;

    /// <summary>f after each averaging of local SGD with K workers; with one local step, after each update of K-sync.</summary>
    /// <param name="workers">K.</param>
    /// <param name="localSteps">H.</param>
    /// <param name="averagings">Values returned.</param>
    /// <param name="seed">Of the noise.</param>
    public double[] LocalSteps(int workers, int localSteps, int averagings, ulong seed)
    {
        var values = new double[averagings];
        var luck = Luck.Key(seed, LuckPurpose.Laboratory);
        var (w, draw) = (0.0, 0UL);
        for (var i = 0; i < averagings; i++)
        {
            var sum = 0.0;
            for (var worker = 0; worker < workers; worker++)
            {
                var local = w;
                for (var step = 0; step < localSteps; step++)
                {
                    local -= Rate * Gradient(local, luck, draw++);
                }

                sum += local;
            }

            w = sum / workers;
            values[i] = Value(w);
        }

        return values;
    }

    /// <summary>f after each update of ASP; it ends where f passes a billion, which is divergence.</summary>
    /// <param name="times">Service times of the workers.</param>
    /// <param name="correction">What is done about staleness.</param>
    /// <param name="updates">Values returned at most.</param>
    /// <param name="seed">Of the noise.</param>
    public IReadOnlyList<double> Asynchronous(ServiceTimes times, StalenessCorrection correction, int updates, ulong seed)
    {
        var values = new List<double>(updates);
        var luck = Luck.Key(seed, LuckPurpose.Laboratory);
        var running = new FinishingTimes(times.Workers);
        var read = new (double W, int Version)[times.Workers];
        Array.Fill(read, (1, 0));
        for (var worker = 0; worker < times.Workers; worker++)
        {
            running.Add(worker, times.Next(worker));
        }

        for (var w = 1.0; values.Count < updates && Value(w) < 1e9;)
        {
            var now = running.TakeFirst(out var worker);
            var gradient = Gradient(read[worker].W, luck, (ulong)values.Count);
            w -= Step(gradient, w - read[worker].W, values.Count - read[worker].Version, correction);
            values.Add(Value(w));
            read[worker] = (w, values.Count);
            running.Add(worker, now + times.Next(worker));
        }

        return values;
    }

    private double Gradient(double w, LuckKey luck, ulong draw) => (Curvature * w) + (Deviation * luck.Normal(draw));

    /// <summary>With the true curvature in place of g o g, delay compensation is serial gradient descent for any delay (Zheng et al. 2017).</summary>
    private double Step(double gradient, double moved, int staleness, StalenessCorrection correction) => correction switch
    {
        StalenessCorrection.Rate => StalenessAwareRate.Of(Rate, staleness) * gradient,
        StalenessCorrection.DelayCompensation => Rate * (gradient + (Curvature * moved)),
        _ => Rate * gradient,
    };
}
