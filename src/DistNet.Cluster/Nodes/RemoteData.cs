using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Gets a run's data: from this machine's files, or from the coordinator's node where the run says so.</summary>
internal sealed class RemoteData(ClusterAddress coordinator, NodeClients clients, string root)
{
    /// <summary>More than this a node does not take from another.</summary>
    private const long MostBytes = 64L << 30;

    /// <exception cref="UsageException">They cannot be had.</exception>
    public async Task<LoadedData> LoadAsync(RunOrder order, CancellationToken cancellationToken)
    {
        if (!order.SendsData)
        {
            return await Task.Run(() => NodeData.Load(order.Options(), root), cancellationToken).ConfigureAwait(false);
        }

        using var client = clients.For(coordinator);
        using var stream = await client.GetStreamAsync(ApiPaths.Data, cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        try
        {
            return LoadedDataCodec.Read(content, $"the coordinator at {coordinator}", MostBytes);
        }
        catch (Learning.DataFormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
