using DistNet.Actors;
using DistNet.Bench;
using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Reporting;
using HostedRun = DistNet.Bench.HostedRun;

namespace DistNet.Benchmarks;

/// <summary>A run with a live page, which a viewer reads while steps are measured, or nobody does.</summary>
internal sealed class WatchedRun : IAsyncDisposable
{
    private readonly DashboardModel _model = new("benchmark");
    private readonly DashboardServer _server;
    private readonly HostedRun _run;
    private readonly HttpClient _client = new();

    private WatchedRun(StepNetwork network, StepSetup setup)
    {
        var listen = new ClusterAddress("127.0.0.1", 0);
        _server = DashboardServer.StartAsync(new DashboardOptions(listen, null), _model).GetAwaiter().GetResult();
        _run = new HostedRun(network, setup, plan => ObserverOf(plan, _model.RunBegins(new TrainingOptions(), null)).Observe);
    }

    /// <summary>Bytes that viewers have read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Drawings of the page.</summary>
    public long Drawings => _server.Painter.Drawings;

    public static WatchedRun Start(StepNetwork network, StepSetup setup) => new(network, setup);

    /// <summary>What observes every run, where nobody watches.</summary>
    public static RunObserver ObserverOf(RunPlan plan, ITrainingProgress progress) => new(plan, RunAccount.EpochsOf(plan), progress, metrics: null);

    public Side Side(string name, bool isViewed) => new(name, steps => isViewed ? Viewed(steps) : _run.Run(steps).Seconds);

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>The viewer comes before the steps and leaves after them.</summary>
    private double Viewed(int steps)
    {
        using var gone = new CancellationTokenSource();
        using var stream = _client.GetStreamAsync(new Uri($"http://{_server.Address}/events")).GetAwaiter().GetResult();
        var reading = ReadAsync(stream, gone.Token);
        var seconds = _run.Run(steps).Seconds;
        gone.Cancel();
        reading.GetAwaiter().GetResult();
        return seconds;
    }

    private async Task ReadAsync(Stream stream, CancellationToken gone)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await stream.ReadAsync(buffer, gone) is > 0 and var read)
            {
                BytesRead += read;
            }
        }
        catch (OperationCanceledException)
        {
            // The turn is over.
        }
    }
}
