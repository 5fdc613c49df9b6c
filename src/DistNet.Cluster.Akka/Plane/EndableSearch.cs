namespace DistNet.Cluster.Akka;

/// <summary>A search that another thread may end, because what is sought has come by itself.</summary>
internal sealed class EndableSearch
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;

    /// <summary>What was found; null: it was ended.</summary>
    public async Task<T?> RunAsync<T>(Func<CancellationToken, Task<T>> search, CancellationToken cancellationToken)
        where T : class
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Become(running);
        try
        {
            return await search(running.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            Become(null);
        }
    }

    /// <summary>False: none goes on.</summary>
    public bool TryEnd()
    {
        lock (_lock)
        {
            _running?.Cancel();
            return _running is not null;
        }
    }

    private void Become(CancellationTokenSource? running)
    {
        lock (_lock)
        {
            _running = running;
        }
    }
}
