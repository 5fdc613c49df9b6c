using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// A coordinator's node that has lost its disk has lost the weights too that the run started from, and a server that joins needs them. Those that are
/// there have them.
/// </summary>
/// <param name="clients">The way to them.</param>
internal sealed class LostWeights(NodeClients clients) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _seeking = Task.CompletedTask;

    /// <summary>Fetches them, where the run had any and its folder has them no more. Returns at once. One call after the other.</summary>
    /// <param name="run">The run in progress.</param>
    /// <param name="server">A node that may have run a server of it, in this life or one before.</param>
    public void Seek(DirectedRun run, NodeLife server)
    {
        if (run.Options.InitFrom is not null && !File.Exists(run.Folder.InitialPath))
        {
            _seeking = SeekAsync(_seeking, run, server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _seeking.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task SeekAsync(Task before, DirectedRun run, NodeLife server)
    {
        await before.ConfigureAwait(false);
        if (File.Exists(run.Folder.InitialPath))
        {
            return;
        }

        try
        {
            await FetchAsync(run, server).ConfigureAwait(false);
            run.Feed.Notice($"the weights that the run started from were fetched from {server.Name}");
        }
        catch (Exception e) when (e is HttpRequestException or UsageException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            run.Feed.Notice($"{server.Name} could not give the weights that the run started from: {e.Message}");
        }
    }

    private async Task FetchAsync(DirectedRun run, NodeLife server)
    {
        using var client = clients.For(ClusterAddress.Parse(server.Card.Address, "--advertise"));
        using var copy = await NodeClients.GetAsync(client, ApiPaths.RunInitial, _end.Token).ConfigureAwait(false);
        var layout = run.Hosted.Plan.Layout;
        InitialWeightsFile.Write(run.Folder, layout, InitialWeightsFile.Read(copy, run.Options, layout));
    }
}
