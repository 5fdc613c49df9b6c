namespace DistNet.Cluster.Tests;

/// <summary>
/// A connection whose other end says what a test makes it say, and hears everything. Closing it (<see cref="DisposeAsync"/>) takes until the test lets it
/// (<see cref="Stream.Dispose()"/>).
/// </summary>
internal sealed class SlowToClose : ConnectionStream
{
    private readonly TaskCompletionSource<byte[]> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody wants to close it.</summary>
    public Task Closing => _closing.Task;

    /// <summary>All that is ever said; nothing: the other end closes.</summary>
    public void Say(byte[] bytes) => _said.SetResult(bytes);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var said = await _said.Task.WaitAsync(cancellationToken);
        said.CopyTo(buffer);
        return said.Length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        _closing.TrySetResult();
        await _closed.Task;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _closed.TrySetResult();
        base.Dispose(disposing);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
