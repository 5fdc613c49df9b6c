using DistNet.Cluster.Tests;
using Xunit.Abstractions;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>The kill suite of the built-in control plane under this one: the same plans, the same hash. Others with DISTNET_KILL_SEEDS=1..50.</summary>
public sealed class AkkaKillTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds { get; } = KillCheck.Seeds("2..5");

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public async Task A_run_outlives_its_processes(int seed)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as Linux numbers them");
        output.WriteLine(await KillCheck.RunAsync(KillPlan.Draw(seed) with { Control = new ControlOptions { Plane = ControlOptions.Akka } }));
    }
}
