using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>Hears of the first node that comes and of the first that goes.</summary>
internal sealed class FirstNodes : IControlListener
{
    public TaskCompletionSource<NodeLife> Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<string> Down { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OnSelf(NodeLife self)
    {
    }

    public void OnFailed(Exception failure) => throw failure;

    public void OnRefused(string reason) => throw new InvalidOperationException(reason);

    public void OnUp(NodeLife node) => Up.TrySetResult(node);

    public void OnDown(NodeLife node, string reason, bool left) => Down.TrySetResult(reason);

    public void OnMessage(NodeLife from, Envelope envelope) => envelope.Recycle();
}
