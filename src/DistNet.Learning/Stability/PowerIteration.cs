using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// The eigenvalue of greatest magnitude of a loss's Hessian H, by power iteration (von Mises 1929): v becomes H v / |H v|, and |H v| the estimate, which is never
/// above the true value and grows towards it. H v is taken from gradients on both sides of the weights, (g(w + e v) - g(w - e v)) / 2e: exact for a
/// quadratic, and nothing but gradients is needed. Keeps its direction, so that the next estimate begins where this one ended.
/// </summary>
public sealed class PowerIteration
{
    /// <summary>e, as a part of |w| or, below 1, itself: short against what bends a loss, long against the rounding of a float.</summary>
    private const double RelativeStep = 1e-3;

    private readonly float[] _direction;
    private readonly float[] _product;
    private double _step;

    /// <param name="length">Number of parameters.</param>
    /// <param name="luck">Draws the first direction.</param>
    public PowerIteration(int length, LuckKey luck)
    {
        _product = new float[length];
        _direction = [.. Enumerable.Range(0, length).Select(i => luck.Normal((ulong)i))];
        Normalise(_direction, Norm(_direction));
    }

    /// <summary>Begins H v at these weights.</summary>
    public void Begin(ReadOnlySpan<float> weights)
    {
        _step = RelativeStep * Math.Max(1, Norm(weights[.._direction.Length]));
        Array.Clear(_product);
    }

    /// <summary>Where a gradient is needed.</summary>
    /// <param name="weights">w, as at the beginning; may be longer than the parameters.</param>
    /// <param name="side">+1 or -1: on which side of w.</param>
    /// <param name="point">Takes w + side e v; padding behind the parameters is left as it is.</param>
    public void Point(ReadOnlySpan<float> weights, int side, Span<float> point) =>
        LocalStep.Apply(weights[.._direction.Length], _direction, point[.._direction.Length], (float)(-side * _step));

    /// <summary>A part of the gradient at a point. Parts of the samples and of the parameters may come in any order, each once.</summary>
    /// <param name="side">+1 or -1.</param>
    /// <param name="offset">First parameter.</param>
    /// <param name="gradient">Summed over some of the samples.</param>
    public void Add(int side, int offset, ReadOnlySpan<float> gradient)
    {
        var product = _product.AsSpan(offset, gradient.Length);
        LocalStep.Apply(product, gradient, product, -side);
    }

    /// <summary>Both gradients are here: turns the direction.</summary>
    /// <param name="samples">Samples in each.</param>
    /// <returns>
    /// The estimate for the mean loss; negative where the loss bends down in the direction. 0 or not finite: the loss is flat, or the gradients were of no
    /// use, and the direction is as it was.
    /// </returns>
    public double Turn(int samples)
    {
        var norm = Norm(_product);
        var isDown = Dot(_direction, _product) < 0;
        if (norm > 0 && double.IsFinite(norm))
        {
            _product.CopyTo(_direction, 0);
            Normalise(_direction, norm);
        }

        return (isDown ? -norm : norm) / (2 * _step * samples);
    }

    private static void Normalise(Span<float> values, double norm)
    {
        foreach (ref var value in values)
        {
            value = (float)(value / norm);
        }
    }

    private static double Norm(ReadOnlySpan<float> values) => Math.Sqrt(Dot(values, values));

    private static double Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += (double)one[i] * other[i];
        }

        return sum;
    }
}
