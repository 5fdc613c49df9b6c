using DistNet.Learning;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Rules that are bulk-synchronous at the end of their range give its final weights, bit for bit.</summary>
internal static class SameBitsChecks
{
    private const int P = 7;

    public static IEnumerable<Check> All =>
        new[] { (3, "backup:0"), (3, $"ksync:{P}"), (4, "ssp:0"), (9, "local:1") }.Select(rule => new Check(rule.Item1, bench => Same(bench, rule.Item2)) { IsQuick = true });

    private static IEnumerable<VerificationRow> Same(Bench bench, string rule)
    {
        yield return VerificationRow.Holds($"{rule}: the weights of bsp, bit for bit", Hash(bench, rule) == Hash(bench, "bsp"));
    }

    /// <summary>Noise, momentum and two servers: whatever is done in another order shows.</summary>
    private static string Hash(Bench bench, string rule) => bench.Run(new Play(rule, P, 500, Play.Shifted(0))
    {
        Objective = new QuadraticObjective { Length = 3000, Noise = 1 },
        Optimizer = new OptimizerSpec(OptimizerKind.Momentum),
        Servers = 2,
    }).WeightsSha256!;
}
