namespace DistNet.Lab;

/// <summary>How many values a mean needs for a relative standard error below <see cref="VerificationRow.GreatestStandardError"/>, with some room.</summary>
internal static class RunLengths
{
    /// <summary>What is aimed at where values are independent, so that the standard error itself is known well.</summary>
    public const double Independent = 0.9 * VerificationRow.GreatestStandardError;

    /// <summary>What is aimed at where it comes from the means of 32 batches: known to an eighth of itself.</summary>
    public const double Series = 0.65 * VerificationRow.GreatestStandardError;

    private const long Least = 1500;

    /// <param name="relativeDeviation">Standard deviation of a value over its mean.</param>
    /// <param name="aim">Relative standard error.</param>
    public static long For(double relativeDeviation, double aim) => Math.Max(Least, (long)Math.Pow(relativeDeviation / aim, 2));
}
