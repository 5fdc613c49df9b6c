namespace DistNet.Learning;

/// <summary>The value of the penalty, for reports; its gradient is added by <see cref="GradientPreparation"/>.</summary>
public static class Penalty
{
    /// <summary>l2 / 2 * sum w^2 + l1 * sum |w|, summed in double in the order of the vector.</summary>
    /// <param name="weights">A range of weights (not of biases).</param>
    /// <param name="penalty">The two factors.</param>
    public static double Value(ReadOnlySpan<float> weights, PenaltySpec penalty)
    {
        double squares = 0, magnitudes = 0;
        foreach (double weight in weights)
        {
            squares += weight * weight;
            magnitudes += Math.Abs(weight);
        }

        return (penalty.L2 / 2.0 * squares) + (penalty.L1 * magnitudes);
    }
}
