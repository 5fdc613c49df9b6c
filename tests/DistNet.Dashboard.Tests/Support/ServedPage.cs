using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

/// <summary>A page on a free port of loopback, with a run under way, and a client of it.</summary>
internal sealed class ServedPage : IAsyncDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };

    private ServedPage(DashboardServer server, DashboardModel model, ITrainingProgress run)
    {
        Server = server;
        Model = model;
        Run = run;
        Client = new HttpClient(_handler) { BaseAddress = new Uri($"http://{server.Address}/") };
    }

    public DashboardServer Server { get; }

    public DashboardModel Model { get; }

    /// <summary>Told how the run goes.</summary>
    public ITrainingProgress Run { get; }

    public HttpClient Client { get; }

    public static async Task<ServedPage> StartAsync(string? token = null, TimeProvider? time = null, string data = "digits")
    {
        var (model, run) = Told.Run(time, data);
        var options = new DashboardOptions(new ClusterAddress("127.0.0.1", 0), token is null ? null : new JoinToken(token));
        return new ServedPage(await DashboardServer.StartAsync(options, model), model, run);
    }

    /// <summary>One answer to a request that is changed before it is sent.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<EventReader> LookAsync() => EventReader.OpenAsync(Client);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
