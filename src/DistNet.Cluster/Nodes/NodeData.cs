using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>A run's data as a node has them.</summary>
internal static class NodeData
{
    /// <summary>Reads what the options name; a relative path begins at the node's own root.</summary>
    /// <exception cref="UsageException">There is none, or it cannot be read.</exception>
    public static LoadedData Load(TrainingOptions options, string root) =>
        DataLoader.Load(options with { Data = DataSource.Under(root, options.Data) });

    /// <summary>Why data that were read are not the run's; null: they are.</summary>
    public static string? Mismatch(LoadedData data, RunOrder order)
    {
        var found = DataFingerprint.Of(data);
        return found == order.Data.Sha256
            ? null
            : $"its data differ: SHA-256 {found[..16]}, {data.Train.Count} training samples; the run's {order.Data.Sha256[..16]}, {order.Data.TrainSamples}. Copy the same files to every node, or start the run with --data-from coordinator";
    }
}
