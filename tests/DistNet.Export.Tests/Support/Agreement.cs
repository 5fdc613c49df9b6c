using DistNet.Hosting;

namespace DistNet.Export.Tests;

/// <summary>Two programs add in different orders, so that they agree but for rounding.</summary>
internal static class Agreement
{
    /// <summary>Promised is 1e-5, and seen are 3e-7: so a constant of an activation that is a little wrong is found.</summary>
    private const double Tolerance = 2e-6;

    public static void ShouldHold(PredictionTable expected, Predicted predicted)
    {
        predicted.Shape.ShouldBe([expected.Rows.Count, expected.ClassNames.Count]);
        var differences = expected.Rows.SelectMany(row => row.Probabilities).Zip(predicted.Predictions, (ours, theirs) => Math.Abs(ours - theirs)).ToArray();
        differences.Length.ShouldBe(predicted.Predictions.Length);
        differences.Max().ShouldBeLessThanOrEqualTo(Tolerance);
    }
}
