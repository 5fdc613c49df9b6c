using DistNet.Bench;
using DistNet.Cluster;
using DistNet.TestKit;

namespace DistNet.Benchmarks;

/// <summary>
/// Two clusters of processes, alike but for the control plane. Both are up the whole time and only one trains at a time: the signs of life of the one that
/// rests are in the other's turns too, which <see cref="PlaneThroughput"/> avoids.
/// </summary>
internal sealed class ComparedPlanes : IAsyncDisposable
{
    private readonly ClusterWork _work = new();
    private readonly List<ClusterSide> _started = [];

    public ClusterSide BuiltIn { get; private set; } = null!;

    public ClusterSide Akka { get; private set; } = null!;

    public IEnumerable<ClusterSide> Both => [BuiltIn, Akka];

    public static async Task<ComparedPlanes> StartAsync()
    {
        var planes = new ComparedPlanes();
        try
        {
            planes.BuiltIn = await planes.StartAsync(ControlOptions.BuiltIn);
            planes.Akka = await planes.StartAsync(ControlOptions.Akka);
            return planes;
        }
        catch
        {
            await planes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var side in _started)
        {
            await side.DisposeAsync();
        }

        _work.Dispose();
    }

    /// <summary>A cluster on that plane.</summary>
    public static Task<ClusterSide> StartAsync(ControlOptions plane, ClusterWork work) =>
        ClusterSide.StartAsync(plane.Plane, work, options => options with { Control = plane }, CommandProcess.Program, CancellationToken.None);

    private async Task<ClusterSide> StartAsync(string plane)
    {
        var side = await StartAsync(new ControlOptions { Plane = plane }, _work);
        _started.Add(side);
        return side;
    }
}
