using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Section 1: what is left of f = w^2 / 2 when gradient noise and descent are in balance, under K-sync.</summary>
internal static class NoiseFloorChecks
{
    private const double Rate = 0.1;

    /// <summary>Coordinates, each with noise of its own: as many quadratics at once.</summary>
    private const int Coordinates = 512;

    public static IEnumerable<Check> All =>
        new[] { 1, 4, 16 }.Select(k => new Check(1, bench => [VerificationRow.Statistical($"noise floor ksync:{k}", Floor(bench, k), NoiseFloors.KSync(Rate, 1, 1, k))]));

    private static Estimate Floor(Bench bench, int k)
    {
        // It begins at w = 1, of which 0.9^300 is left.
        var probe = new UpdateProbe(warmUp: 300);
        bench.Run(
            new Play($"ksync:{k}", 16, 5200, Play.Shifted(0)) { Objective = new QuadraticObjective { Length = Coordinates, Noise = 1 }, Rate = Rate },
            probe);
        return Estimate.OfSeries([.. probe.Losses.Select(loss => loss / Coordinates)]);
    }
}
