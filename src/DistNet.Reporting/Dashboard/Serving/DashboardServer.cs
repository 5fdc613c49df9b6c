using System.Net;
using System.Net.Sockets;
using DistNet.Cluster;
using DistNet.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DistNet.Reporting;

/// <summary>The live page of a run: serves what a model holds to those who may look. It changes nothing, and asks nobody for anything.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private const int MostConnections = 64;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private readonly Painter _painter;
    private readonly Doorkeeper _doorkeeper;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ending = new();

    private DashboardServer(DashboardOptions options, DashboardModel model, IPEndPoint listen)
    {
        _painter = new Painter(model);
        _doorkeeper = new Doorkeeper(options.Token, options.Listen);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Listen(listen);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it is; its port is one that was free where 0 was asked for.</summary>
    public ClusterAddress Address { get; private set; }

    internal Painter Painter => _painter;

    /// <summary>Opens the page.</summary>
    /// <exception cref="UsageException">It cannot listen there; the message names the option.</exception>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options, DashboardModel model)
    {
        var dashboard = new DashboardServer(options, model, EndPointOf(options.Listen));
        try
        {
            await dashboard._app.StartAsync().ConfigureAwait(false);
            var bound = dashboard._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            dashboard.Address = options.Listen with { Port = new Uri(bound).Port };
            return dashboard;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await dashboard.DisposeAsync().ConfigureAwait(false);
            throw new UsageException(ProblemOf(options.Listen, e));
        }
    }

    /// <summary>Those who look are shown the end first.</summary>
    public async ValueTask DisposeAsync()
    {
        _painter.Finish();
        _ending.CancelAfter(EndLimit);
        using var limit = new CancellationTokenSource(EndLimit);
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _painter.Dispose();
        _ending.Dispose();
    }

    /// <summary>A port that a dashboard of another process is to have: checked, and chosen where it is 0.</summary>
    /// <exception cref="UsageException">Nobody can listen there; the message names the option.</exception>
    public static ClusterAddress Reserve(ClusterAddress listen)
    {
        try
        {
            using var listener = new TcpListener(EndPointOf(listen));
            listener.Start();
            return listen with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        }
        catch (SocketException e)
        {
            throw new UsageException(ProblemOf(listen, e));
        }
    }

    private static string ProblemOf(ClusterAddress listen, Exception e) =>
        e.GetBaseException() is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } || e.InnerException is AddressInUseException
            ? $"{DashboardOptions.Option}: port {listen.Port} of {listen.Host} is taken; give another, or 0 for any that is free"
            : $"{DashboardOptions.Option}: cannot listen on {listen}: {e.GetBaseException().Message}";

    private static IPEndPoint EndPointOf(ClusterAddress listen)
    {
        if (listen.Host == "localhost")
        {
            return new IPEndPoint(IPAddress.Loopback, listen.Port);
        }

        try
        {
            return new IPEndPoint(IPAddress.TryParse(listen.Host, out var ip) ? ip : Dns.GetHostAddresses(listen.Host)[0], listen.Port);
        }
        catch (SocketException e)
        {
            throw new UsageException(ProblemOf(listen, e));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        PageAssets.Guard(context.Response.Headers);
        if (await _doorkeeper.TurnsAwayAsync(context).ConfigureAwait(false))
        {
            return;
        }

        var isHead = HttpMethods.IsHead(context.Request.Method);
        switch (context.Request.Path.Value)
        {
            case "/" when !isHead:
                await PageAssets.WriteAsync(context, "text/html", await PageAsync(context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case "/":
                context.Response.ContentType = PageAssets.TypeOf("text/html");
                break;
            case "/events" when !isHead:
                await EventStream.WriteAsync(context, _painter.Board, _ending.Token).ConfigureAwait(false);
                break;
            case { } path when PageAssets.Find(path) is { } asset:
                await PageAssets.WriteAsync(context, asset.Type, asset.Text).ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private async Task<string> PageAsync(CancellationToken cancellationToken)
    {
        var fragments = await _painter.Board.DrawnAsync(cancellationToken).ConfigureAwait(false);
        return "<!DOCTYPE html>\n" + await HtmlText.OfModelAsync<DashboardPage>(fragments).ConfigureAwait(false);
    }
}
