using DistNet.Actors;
using Xunit.Abstractions;

namespace DistNet.Simulation.Tests;

public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int SeedsPerRule = 500;

    [Theory]
    [InlineData("bsp", null)]
    [InlineData("bsp", 0.5f)]
    public void Bsp_ends_at_one_hash_under_every_schedule(string rule, float? clipNorm)
    {
        var calm = Run(rule, 1, 1, clipNorm, new SimulationOptions()).WeightsSha256;
        var recovered = 0;
        for (ulong seed = 1; seed <= SeedsPerRule; seed++)
        {
            var result = RunDrawn(rule, clipNorm, seed);
            result.WeightsSha256.ShouldBe(calm, $"seed {seed}");
            result.Summary!.Version.ShouldBe(16, $"seed {seed}");
            recovered += result.Generations > 1 ? 1 : 0;
        }

        output.WriteLine($"{recovered} of {SeedsPerRule} schedules lost state and recovered");
        recovered.ShouldBeGreaterThan(SeedsPerRule / 10);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.5f)]
    public void Asp_completes_with_a_balanced_ledger_under_every_schedule(float? clipNorm)
    {
        for (ulong seed = 1; seed <= SeedsPerRule; seed++)
        {
            var result = RunDrawn("asp", clipNorm, seed);
            result.Summary!.Ledger.Applied.ShouldBe(4 * 22, $"seed {seed}");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_events()
    {
        var first = RunDrawn("asp", null, 17);
        var second = RunDrawn("asp", null, 17);
        second.ShouldBe(first with { Summary = second.Summary });
    }

    private static SimulationResult RunDrawn(string rule, float? clipNorm, ulong seed)
    {
        var (workers, servers, options) = Schedules.Draw(seed);
        var result = Run(rule, workers, servers, clipNorm, options);
        if (result.Failure is not null || result.LeakedTensors > 0)
        {
            var tail = new TraceTail(60);
            Run(rule, workers, servers, clipNorm, options, tail);
            Assert.Fail($"seed {seed}: {result.Failure}, {result.LeakedTensors} tensors leaked{Environment.NewLine}{tail}");
        }

        var ledger = result.Summary!.Ledger;
        ledger.Planned.ShouldBe(ledger.Applied + ledger.Dropped + ledger.Pending, $"seed {seed}");
        ledger.Pending.ShouldBe(0, $"seed {seed}");
        return result;
    }

    private static SimulationResult Run(string rule, int workers, int servers, float? clipNorm, SimulationOptions options, TraceTail? trace = null)
    {
        var plan = Schedules.Plan(rule, servers, clipNorm: clipNorm);
        using var host = new SimulationHost(new ClusterBlueprint(plan, workers, () => new QuadraticRunner(plan)), options);
        trace?.Attach(host);
        return host.Run();
    }
}
