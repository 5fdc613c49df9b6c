using DistNet.Bench;
using DistNet.Cluster;
using DistNet.TestKit;

namespace DistNet.Benchmarks;

/// <summary>
/// Clusters of processes, alike but for the control plane. All are up the whole time and only one trains at a time: the signs of life of those that rest are in
/// the other's turns too.
/// </summary>
internal sealed class ComparedPlanes : IAsyncDisposable
{
    private readonly ClusterWork _work = new();
    private readonly List<ClusterSide> _all = [];

    public IReadOnlyList<ClusterSide> All => _all;

    public ClusterSide Akka => _all[1];

    /// <param name="hocon">A file of settings, with which there is a second cluster on Akka; null: there is none.</param>
    public static async Task<ComparedPlanes> StartAsync(string? hocon = null)
    {
        var planes = new ComparedPlanes();
        try
        {
            var akka = new ControlOptions { Plane = ControlOptions.Akka };
            await planes.AddAsync(ControlOptions.BuiltIn, ControlOptions.Default);
            await planes.AddAsync(ControlOptions.Akka, akka);
            if (hocon is not null)
            {
                await planes.AddAsync($"{ControlOptions.Akka}, {Path.GetFileName(hocon)}", akka with { HoconPath = hocon });
            }

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
        foreach (var side in _all)
        {
            await side.DisposeAsync();
        }

        _work.Dispose();
    }

    private async Task AddAsync(string name, ControlOptions plane) =>
        _all.Add(await ClusterSide.StartAsync(name, _work, options => options with { Control = plane }, CommandProcess.Program, CancellationToken.None));
}
