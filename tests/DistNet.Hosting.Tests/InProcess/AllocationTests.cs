using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

/// <summary>
/// After warm-up a training step allocates nothing under bsp, where metrics of an epoch are a few hundred bytes, and what its messages
/// list otherwise; the promise is 1 KB. No other test runs meanwhile, but the counter is the whole process's, and the test runner and the
/// runtime allocate now and then: the promise is held to the mean of all steps, the limit to the typical window of them.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int WarmUp = 300;
    private const int Window = 100;
    private const int Windows = 10;
    private const int Promise = 1024;

    [Theory]
    [InlineData("bsp", 1, 1, null, 64)]
    [InlineData("bsp", 2, 1, null, 64)]
    [InlineData("bsp", 3, 3, null, 64)]
    [InlineData("bsp", 2, 1, 0.5f, 512)]
    [InlineData("asp", 2, 1, null, 512)]
    public async Task A_step_allocates_hardly_anything(string mode, int workers, int servers, float? clipNorm, int limit)
    {
        var options = TrainingRuns.Digits with { Mode = mode, Workers = workers, Servers = servers, ClipNorm = clipNorm, Steps = WarmUp + (Windows * Window) + 100 };
        var counts = new List<long>();

        await new HostRun(options) { Observe = Count }.RunAsync();

        counts.Count.ShouldBe(Windows + 1);
        ((counts[^1] - counts[0]) / (double)(Windows * Window)).ShouldBeLessThan(Promise);
        var perStep = counts.Zip(counts.Skip(1), (before, after) => (after - before) / (double)Window).Order().ToList();
        perStep[Windows / 2].ShouldBeLessThan(limit);

        void Count(Envelope observed)
        {
            if (observed is Envelope<Advanced> { Message.Version: var version }
                && version >= WarmUp && (version - WarmUp) % Window == 0 && counts.Count <= Windows)
            {
                counts.Add(GC.GetTotalAllocatedBytes(precise: true));
            }
        }
    }
}

[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AloneInTheProcess;
