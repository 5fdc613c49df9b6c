using System.Globalization;
using DistNet.Hosting;
using Xunit.Abstractions;

namespace DistNet.Simulation.Tests;

/// <summary>
/// What <c>distnet simulate --chaos</c> runs. DISTNET_LONG=1 runs 25 000 schedules instead of 1000; DISTNET_CHAOS_SEED begins at that seed.
/// </summary>
public sealed class ChaosSessionTests(ITestOutputHelper output)
{
    [Fact]
    public void A_thousand_schedules_of_all_rules_are_clean()
    {
        var first = Environment.GetEnvironmentVariable("DISTNET_CHAOS_SEED") is { Length: > 0 } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : 1_000_000;
        var schedules = Environment.GetEnvironmentVariable("DISTNET_LONG") == "1" ? 25_000 : 1000;
        var report = ChaosSession.Run(new ChaosOptions { First = first, Schedules = schedules }, _ => { });
        output.WriteLine($"seeds from {first}: {report.Schedules} schedules, {report.Recovered} recovered, faults {string.Join(", ", report.Faults)}");
        report.Failure.ShouldBeNull();
        report.Schedules.ShouldBe(schedules);
        report.Rules.Keys.ShouldBe(ChaosOptions.Families, ignoreOrder: true);
        report.Faults.Keys.ShouldBe(Enum.GetValues<FaultKind>(), ignoreOrder: true);
        report.Recovered.ShouldBeGreaterThan(schedules / 4);
    }

    [Fact]
    public void What_is_found_does_not_depend_on_threads()
    {
        var one = ChaosSession.Run(new ChaosOptions { Schedules = 22, Threads = 1 }, _ => { });
        var three = ChaosSession.Run(new ChaosOptions { Schedules = 22, Threads = 3 }, _ => { });
        (three.Events, three.Recovered, three.Stopped).ShouldBe((one.Events, one.Recovered, one.Stopped));
        three.Faults.ShouldBe(one.Faults);
    }

    [Fact]
    public void The_plan_of_one_schedule_reads_back_as_it_was()
    {
        var saved = Enumerable.Range(1, 20)
            .Select(seed => ChaosSession.Run(new ChaosOptions { Schedules = 1, First = (ulong)seed, Family = "asp" }, _ => { }).FaultPlan)
            .First(plan => plan is not null)!;
        FaultPlan.Parse(saved, "saved").ToJson().ShouldBe(saved);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Should.Throw<UsageException>(() => ChaosSession.Run(new ChaosOptions { Schedules = 0, Threads = 0, Family = "ssp:3" }, _ => { })).Problems.Count.ShouldBe(3);
}
