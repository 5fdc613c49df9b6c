namespace DistNet.Cluster;

/// <summary>How whoever harms the nodes of a local cluster on purpose has a say in what becomes of them.</summary>
/// <param name="BeforeRestart">Told the name of a node that has died; it is started again when this ends. Cancelled when the cluster ends.</param>
/// <param name="Spares">Whether a node of that name is left alive although it is silent.</param>
internal sealed record LocalClusterHooks(Func<string, CancellationToken, Task> BeforeRestart, Func<string, bool> Spares)
{
    public static readonly LocalClusterHooks None = new(static (_, _) => Task.CompletedTask, static _ => false);
}
