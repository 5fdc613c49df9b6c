using System.Diagnostics;
using System.Net;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Cluster;

/// <summary>
/// Gets what a run needs besides messages: its data, from this machine's files or from the coordinator's node where the run says so, and the weights
/// that it starts from, where it was given any, from the coordinator's node alone.
/// </summary>
/// <param name="coordinator">Where the coordinator's node is now.</param>
/// <param name="clients">The way to it.</param>
/// <param name="root">Where relative paths of data begin.</param>
internal sealed class RemoteData(Func<ClusterAddress> coordinator, NodeClients clients, string root)
{
    /// <summary>More than this a node does not take from another.</summary>
    private const long MostBytes = 64L << 30;

    /// <summary>How long a coordinator's node that has just lost its disk is given to get the weights from others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    /// <exception cref="UsageException">They cannot be had.</exception>
    /// <exception cref="HttpRequestException">The coordinator's node does not give them.</exception>
    public async Task<LoadedData> LoadAsync(RunOrder order, CancellationToken cancellationToken)
    {
        if (!order.SendsData)
        {
            return await Task.Run(() => NodeData.Load(order.Options(), root), cancellationToken).ConfigureAwait(false);
        }

        var node = coordinator();
        using var client = clients.For(node);
        using var content = await NodeClients.GetAsync(client, ApiPaths.Data, cancellationToken).ConfigureAwait(false);
        try
        {
            return LoadedDataCodec.Read(content, $"the coordinator at {node}", MostBytes);
        }
        catch (DataFormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The weights that servers start from; null: they make their own.</summary>
    /// <exception cref="UsageException">They are not those that the run names.</exception>
    /// <exception cref="HttpRequestException">The coordinator's node does not give them.</exception>
    public async Task<InitialWeights?> LoadInitialAsync(RunOrder order, ParameterLayout layout, CancellationToken cancellationToken)
    {
        var options = order.Options();
        if (options.InitFrom is null)
        {
            return null;
        }

        using var client = clients.For(coordinator());
        using var content = await InsistAsync(client, ApiPaths.FileOf(RunFolder.InitialName), cancellationToken).ConfigureAwait(false);
        return InitialWeightsFile.Read(content, options, layout);
    }

    private static async Task<MemoryStream> InsistAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await NodeClients.GetAsync(client, path, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound && watch.Elapsed < Patience)
            {
                await Task.Delay(AskEvery, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
