namespace DistNet.Cluster.Akka;

/// <summary>A search that ends sooner where somebody else brings what is sought.</summary>
internal sealed class OpenSearch<T>
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<T>? _brought;

    /// <summary>What was found, or brought meanwhile.</summary>
    public async Task<T> RunAsync(Func<CancellationToken, Task<T>> search, CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var brought = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Become(brought);
        try
        {
            return await (await Task.WhenAny(search(running.Token), brought.Task).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            Become(null);
            await running.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>False: no search goes on.</summary>
    public bool TryBring(T sought)
    {
        lock (_lock)
        {
            return _brought?.TrySetResult(sought) == true;
        }
    }

    private void Become(TaskCompletionSource<T>? brought)
    {
        lock (_lock)
        {
            _brought = brought;
        }
    }
}
