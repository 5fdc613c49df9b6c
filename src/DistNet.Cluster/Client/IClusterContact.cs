using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>How somebody outside a cluster finds its coordinator, which may move. Many threads.</summary>
public interface IClusterContact : IAsyncDisposable
{
    /// <summary>Where the coordinator's node is, as far as is known.</summary>
    /// <exception cref="ClusterUnreachableException">Nobody says.</exception>
    public Task<ClusterAddress> FindAsync(CancellationToken cancellationToken);

    /// <summary>There is no coordinator at that address, or not any more.</summary>
    public void Lost(ClusterAddress address);

    /// <summary>How the cluster is, where the contact itself can tell; null: the coordinator's node is to be asked.</summary>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public Task<ClusterStatus?> StatusAsync(CancellationToken cancellationToken);
}

/// <summary>Addresses of which one is the coordinator's: tried in turn, from the first on.</summary>
internal sealed class KnownAddresses(IReadOnlyList<ClusterAddress> all) : IClusterContact
{
    private int _at;

    public Task<ClusterAddress> FindAsync(CancellationToken cancellationToken) => Task.FromResult(Current);

    public void Lost(ClusterAddress address)
    {
        if (address == Current)
        {
            Interlocked.Increment(ref _at);
        }
    }

    public Task<ClusterStatus?> StatusAsync(CancellationToken cancellationToken) => Task.FromResult<ClusterStatus?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ClusterAddress Current => all[(int)((uint)Volatile.Read(ref _at) % all.Count)];
}
