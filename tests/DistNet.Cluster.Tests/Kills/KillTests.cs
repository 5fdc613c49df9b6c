using Xunit.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>
/// Processes die, fall silent, lose their disks and come back as ghosts; the run ends at the bits of one that nothing disturbed. Always two
/// at once, one that is silent and an asynchronous run (single ones die in <see cref="FaultTests"/>); others with DISTNET_KILL_SEEDS=1..100, and a line for each with <c>--logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds { get; } = KillCheck.Seeds("3..5");

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public async Task A_run_outlives_its_processes(int seed)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as Linux numbers them");
        output.WriteLine(await KillCheck.RunAsync(KillPlan.Draw(seed)));
    }
}
