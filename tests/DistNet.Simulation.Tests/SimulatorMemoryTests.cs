using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>What other tests hold would count, so that these run while no others do.</summary>
[CollectionDefinition(nameof(SimulatorMemoryTests), DisableParallelization = true)]
[Collection(nameof(SimulatorMemoryTests))]
public sealed class SimulatorMemoryTests
{
    [Theory]
    [InlineData("asp")]
    [InlineData("bsp")]
    public void Memory_does_not_grow_with_updates(string rule)
    {
        Least(rule, 2000);
        var few = Least(rule, 2000);
        (Least(rule, 20_000) - few).ShouldBeLessThan(50_000);
    }

    /// <summary>Of three runs: the test host and the compiler hold something too, now and then.</summary>
    private static long Least(string rule, long updates) => Enumerable.Range(0, 3).Min(_ => Held(rule, updates));

    /// <summary>Bytes that are held before the last update.</summary>
    private static long Held(string rule, long updates)
    {
        var held = 0L;
        var setup = Simulated.Setup(new NoObjective(), rule, 8, updates, DelayLaw.Exponential(TimeSpan.FromSeconds(1)));
        Simulated.Run(setup with { Observer = Measure });
        return held;

        void Measure(TimeSpan now, Envelope envelope)
        {
            if (envelope is Envelope<Advanced> advanced && advanced.Message.Version == updates - 1)
            {
                held = GC.GetTotalMemory(forceFullCollection: true);
            }
        }
    }
}
