using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

/// <summary>
/// After warm-up a training step allocates nothing under bsp, where metrics of an epoch are a few hundred bytes, and what its messages
/// list otherwise; the promise is 1 KB. No other test runs meanwhile: the counter is the whole process's.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int WarmUp = 300;
    private const int Measured = 1000;

    [Theory]
    [InlineData("bsp", 1, 1, null, 64)]
    [InlineData("bsp", 2, 1, null, 64)]
    [InlineData("bsp", 3, 3, null, 64)]
    [InlineData("bsp", 2, 1, 0.5f, 512)]
    [InlineData("asp", 2, 1, null, 512)]
    public async Task A_step_allocates_hardly_anything(string mode, int workers, int servers, float? clipNorm, int limit)
    {
        var options = TrainingRuns.Digits with { Mode = mode, Workers = workers, Servers = servers, ClipNorm = clipNorm, Steps = WarmUp + Measured + 100 };
        var (before, after) = (0L, 0L);

        await new HostRun(options) { Observe = Count }.RunAsync();

        after.ShouldBeGreaterThan(0);
        ((after - before) / (double)Measured).ShouldBeLessThan(limit);

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
