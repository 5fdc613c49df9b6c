namespace DistNet.Cluster;

/// <summary>The clockwork of a control plane.</summary>
/// <param name="Beat">Time between two signs of life.</param>
/// <param name="Silence">Silence after which a node counts as gone.</param>
/// <param name="Retry">Time between two attempts to reach the coordinator.</param>
/// <param name="Join">How long a node looks for a coordinator before it gives up.</param>
public sealed record ControlTimes(TimeSpan Beat, TimeSpan Silence, TimeSpan Retry, TimeSpan Join)
{
    public static readonly ControlTimes Default = new(
        TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(10));
}
