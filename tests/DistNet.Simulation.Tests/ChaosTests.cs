using System.Globalization;
using Xunit.Abstractions;

namespace DistNet.Simulation.Tests;

/// <summary>
/// Clusters drawn from seeds, each first calm and then with faults aimed at its calm life. DISTNET_LONG=1 draws 25 000 for each rule instead
/// of 150; DISTNET_CHAOS_SEED runs one seed.
/// </summary>
public abstract class ChaosTests(ITestOutputHelper output, string rule)
{
    [Fact]
    public void Every_schedule_ends_as_a_calm_run_would()
    {
        var (first, count) = Seeds();
        var (recovered, stopped, helped) = (0, 0, 0);
        for (var seed = first; seed < first + count; seed++)
        {
            var calm = RunRecord.Of(Schedule.Calm(rule, seed));
            Require(calm);
            var run = RunRecord.Of(calm.Schedule.WithFaults(calm));
            Require(run);
            recovered += run.Result.Generations > 1 ? 1 : 0;
            stopped += run.Result.Summary!.Stopped ? 1 : 0;
            helped += run.Late.Count > 0 ? 1 : 0;
        }

        output.WriteLine($"{count} schedules of {rule}: {recovered} lost state and recovered, {stopped} were stopped, {helped} helped a late worker");
        if (count > 1)
        {
            recovered.ShouldBeGreaterThan((int)count / 10);
            stopped.ShouldBeGreaterThan((int)count / 40);
            helped.ShouldBeGreaterThanOrEqualTo(rule == "bsp" ? (int)count / 20 : 0);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_events()
    {
        var calm = RunRecord.Of(Schedule.Calm(rule, 17));
        var first = RunRecord.Of(calm.Schedule.WithFaults(calm)).Result;
        var second = RunRecord.Of(calm.Schedule.WithFaults(calm)).Result;
        second.ShouldBe(first with { Summary = second.Summary });
        second.Summary!.Ledger.ShouldBe(first.Summary!.Ledger);
    }

    private static (ulong First, ulong Count) Seeds() => Environment.GetEnvironmentVariable("DISTNET_CHAOS_SEED") is { Length: > 0 } seed
        ? (ulong.Parse(seed, CultureInfo.InvariantCulture), 1)
        : (1, Environment.GetEnvironmentVariable("DISTNET_LONG") == "1" ? 25_000UL : 150UL);

    private static void Require(RunRecord run)
    {
        if (run.Problem is { } problem)
        {
            var tail = new TraceTail(80);
            RunRecord.Of(run.Schedule, trace: tail);
            Assert.Fail($"{problem}{Environment.NewLine}{run.Schedule}{Environment.NewLine}{tail}");
        }
    }
}

public sealed class BulkSynchronousChaosTests(ITestOutputHelper output) : ChaosTests(output, "bsp");

public sealed class AsynchronousChaosTests(ITestOutputHelper output) : ChaosTests(output, "asp");

public sealed class BackupChaosTests(ITestOutputHelper output) : ChaosTests(output, "backup");

public sealed class KSyncChaosTests(ITestOutputHelper output) : ChaosTests(output, "ksync");

public sealed class KBatchSyncChaosTests(ITestOutputHelper output) : ChaosTests(output, "kbatchsync");

public sealed class KAsyncChaosTests(ITestOutputHelper output) : ChaosTests(output, "kasync");

public sealed class KBatchAsyncChaosTests(ITestOutputHelper output) : ChaosTests(output, "kbatchasync");

public sealed class StaleSynchronousChaosTests(ITestOutputHelper output) : ChaosTests(output, "ssp");

public sealed class LocalSgdChaosTests(ITestOutputHelper output) : ChaosTests(output, "local");

public sealed class ElasticAveragingChaosTests(ITestOutputHelper output) : ChaosTests(output, "easgd");

public sealed class SwitchingChaosTests(ITestOutputHelper output) : ChaosTests(output, "switching");
