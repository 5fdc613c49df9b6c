namespace DistNet.Cluster;

/// <summary>What tests do to a local cluster beside killing its processes.</summary>
/// <param name="BeforeRestart">Told the name of a node that has died, before it is started again.</param>
/// <param name="Spares">Whether a node of that name is left alive although it is silent.</param>
internal sealed record LocalClusterHooks(Action<string> BeforeRestart, Func<string, bool> Spares)
{
    public static readonly LocalClusterHooks None = new(static _ => { }, static _ => false);
}
