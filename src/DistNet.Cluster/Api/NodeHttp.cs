using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DistNet.Cluster;

/// <summary>What a node answers over HTTP: its health, its log, and on the coordinator's node everything a client asks.</summary>
internal sealed class NodeHttp : IAsyncDisposable
{
    private static readonly string[] Open = [ApiPaths.Alive, ApiPaths.Ready, ApiPaths.Health];

    private readonly HttpDoor _door = new();
    private readonly WebApplication _app;
    private readonly JoinToken _token;

    /// <param name="token">Without it there is health only.</param>
    /// <param name="recent">This node's log.</param>
    /// <param name="map">Adds what a node of its role answers besides.</param>
    /// <param name="isReady">Whether the node is part of its cluster.</param>
    public NodeHttp(JoinToken token, LogBuffer recent, Action<WebApplication> map, Func<bool> isReady)
    {
        _token = token;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IConnectionListenerFactory>(_door);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = FeedLine.Json.NumberHandling);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Use(AdmitAsync);
        _app.UseRouting();
        _app.MapGet(ApiPaths.Alive, () => Results.Text("alive\n"));
        _app.MapGet(ApiPaths.Ready, () => isReady() ? Results.Text("ready\n") : Results.Text("not part of a cluster yet\n", statusCode: StatusCodes.Status503ServiceUnavailable));
        _app.MapGet(ApiPaths.Health, () => Results.Json(new { alive = true, ready = isReady() }));
        _app.MapGet(ApiPaths.Log, () => Results.Text(string.Concat(recent.Lines.Select(line => line + "\n"))));
        map(_app);
    }

    public Task StartAsync() => _app.StartAsync();

    public void Enter(Incoming incoming) => _door.Enter(incoming);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (Open.Contains(context.Request.Path.Value) || (IsTrusted(context) && HasToken(context)))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await context.Response.WriteAsJsonAsync(new Problems(["the token is missing or wrong; give --token-file, or set " + JoinToken.Variable])).ConfigureAwait(false);
    }

    private static bool IsTrusted(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(HttpDoor.Trusted, out var trusted) == true && trusted is true;

    private bool HasToken(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var given && given.StartsWith("Bearer ", StringComparison.Ordinal) && _token.Admits(given["Bearer ".Length..]);
}
