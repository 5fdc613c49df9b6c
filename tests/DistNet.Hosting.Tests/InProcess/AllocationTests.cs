using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

/// <summary>After warm-up a training step allocates nothing to speak of. Alone in its process: the counter is the whole process's.</summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int WarmUp = 300;
    private const int Measured = 1000;

    [Theory]
    [InlineData("bsp", 1, 1, null)]
    [InlineData("bsp", 2, 1, null)]
    [InlineData("bsp", 3, 3, null)]
    [InlineData("bsp", 2, 1, 0.5f)]
    [InlineData("asp", 2, 1, null)]
    public async Task A_step_allocates_less_than_a_kilobyte(string mode, int workers, int servers, float? clipNorm)
    {
        var options = TrainingRuns.Digits with { Mode = mode, Workers = workers, Servers = servers, ClipNorm = clipNorm, Steps = WarmUp + Measured + 100 };
        var (before, after) = (0L, 0L);

        await new HostRun(options) { Observe = Count }.RunAsync();

        after.ShouldBeGreaterThan(0);
        var step = (after - before) / (double)Measured;
        step.ShouldBeLessThan(1024);
        Console.WriteLine($"ALLOC {mode} {workers} {servers} {clipNorm}: {step}");

        void Count(Envelope observed)
        {
            if (observed is Envelope<Advanced> advanced)
            {
                before = advanced.Message.Version == WarmUp ? GC.GetTotalAllocatedBytes(precise: true) : before;
                after = advanced.Message.Version == WarmUp + Measured ? GC.GetTotalAllocatedBytes(precise: true) : after;
            }
        }
    }
}

[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AloneInTheProcess;
