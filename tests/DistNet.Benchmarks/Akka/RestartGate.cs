using DistNet.Cluster;

namespace DistNet.Benchmarks;

/// <summary>Keeps the dead of a local cluster dead until it is opened: a process that comes back tells the others itself that its last life is over.</summary>
internal sealed class RestartGate
{
    private volatile TaskCompletionSource _open = new();

    public RestartGate() => Open();

    /// <summary>Who dies from now on stays dead. A silent coordinator's node is left alive, because others may take its place; a server or worker that was given up is killed.</summary>
    public LocalClusterHooks Hooks => new((_, ending) => _open.Task.WaitAsync(ending), name => !name.StartsWith("server", StringComparison.Ordinal) && !name.StartsWith("worker", StringComparison.Ordinal));

    public void Close() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();
}
