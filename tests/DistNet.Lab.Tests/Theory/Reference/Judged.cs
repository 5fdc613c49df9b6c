namespace DistNet.Lab.Tests;

/// <summary>How a reference figure is judged: within 4 of its own standard errors, and these at most 0.4 % unless said otherwise.</summary>
internal static class Judged
{
    public const ulong Seed = 7;

    public static ReferenceTrace Play(ReferenceRule rule, int workers, double shift, int updates) =>
        rule.Run(new ServiceTimes(new ShiftedExponential(shift, 1), workers, Seed), updates, warmUp: 2000);

    public static void ShouldAgree(this Estimate estimate, double theory, double greatestStandardError = VerificationRow.GreatestStandardError)
    {
        var about = $"{estimate.Mean} +- {estimate.StandardError} against {theory}, seed {Seed}";
        Math.Abs(estimate.Mean - theory).ShouldBeLessThanOrEqualTo(4 * estimate.StandardError, about);
        estimate.StandardError.ShouldBeLessThanOrEqualTo(greatestStandardError * theory, about);
    }
}
