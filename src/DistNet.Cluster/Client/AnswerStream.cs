namespace DistNet.Cluster;

/// <summary>A node's answer as it comes, to be read once, from the beginning. No piece of it is waited for longer than a limit.</summary>
/// <param name="content">Disposed with this.</param>
/// <param name="node">Whose answer it is.</param>
/// <param name="limit">How long the next piece is waited for.</param>
internal sealed class AnswerStream(Stream content, string node, TimeSpan limit) : ConnectionStream
{
    public override bool CanWrite => false;

    /// <exception cref="ClusterUnreachableException">The answer breaks off, or nothing more comes in time.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            return await content.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ClusterUnreachableException($"the connection to {node} broke: {(e.InnerException ?? e).Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterUnreachableException(FormattableString.Invariant($"{node} has said nothing for {limit.TotalSeconds:F0} s"));
        }
    }

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
