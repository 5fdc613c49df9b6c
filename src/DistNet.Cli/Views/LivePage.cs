using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Reporting;

namespace DistNet.Cli;

/// <summary>The live page of a verb, where one is asked for; otherwise nothing.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private readonly DashboardModel? _model;
    private readonly DashboardServer? _server;

    private LivePage(DashboardModel? model, DashboardServer? server)
    {
        _model = model;
        _server = server;
    }

    /// <summary>For a coordinator's node; null: there is no page.</summary>
    public IClusterWatcher? Watcher => _model;

    /// <summary>Opens the page and says where it is.</summary>
    /// <param name="options">Null: no page.</param>
    /// <param name="verb">Whose it is.</param>
    /// <param name="host">Is told where it is.</param>
    /// <param name="isVirtual">The run is simulated.</param>
    /// <exception cref="UsageException">It cannot be there.</exception>
    public static async Task<LivePage> OpenAsync(DashboardOptions? options, string verb, CommandHost host, bool isVirtual = false)
    {
        if (options is null)
        {
            return new LivePage(null, null);
        }

        var model = new DashboardModel($"distnet {verb}", isVirtual);
        var server = await DashboardServer.StartAsync(options, model);
        Say(options with { Listen = server.Address }, host);
        return new LivePage(model, server);
    }

    /// <summary>Says where a page is, and how to be let in.</summary>
    public static void Say(DashboardOptions options, CommandHost host) => host.Complain(options.Token is null
        ? $"dashboard at http://{options.Listen}/"
        : $"dashboard at http://{options.Listen}/ (the first time with ?token= and the token); it is sent in the clear");

    /// <summary>Trains, and shows it.</summary>
    /// <param name="options">The run.</param>
    /// <param name="progress">Who else is told how it goes.</param>
    /// <param name="train">Does it.</param>
    public async Task<TrainingResult> ShowAsync(TrainingOptions options, ITrainingProgress progress, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        try
        {
            var result = await train(_model?.Watch(options, progress) ?? progress);
            _model?.RunEnds(result.Stopped ? "stopped" : "done", result);
            return result;
        }
        catch (Exception e)
        {
            _model?.RunEnds(e.Message, null);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
