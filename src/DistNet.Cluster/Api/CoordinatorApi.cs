using System.Text;
using DistNet.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DistNet.Cluster;

/// <summary>What clients ask of the coordinator's node.</summary>
internal sealed class CoordinatorApi(CoordinatorSeat seat, LogBuffer recent, NodeClients clients, string dataRoot)
{
    public void Map(WebApplication app)
    {
        app.Use(AnswerStandingByAsync);
        app.MapGet(ApiPaths.Status, () => Results.Json(seat.Require().Status(), FeedLine.Json));
        app.MapPost(ApiPaths.Runs, (Delegate)BeginAsync);
        app.MapPut(ApiPaths.Folder, (Delegate)ReceiveAsync);
        app.MapPut(ApiPaths.Initial, (Delegate)ReceiveInitialAsync);
        app.MapGet(ApiPaths.Feed, FeedAsync);
        app.MapPost(ApiPaths.Stop, Stop);
        app.MapGet(ApiPaths.Files, Files);
        app.MapGet(ApiPaths.File, File);
        app.MapGet(ApiPaths.Data, DataAsync);
        app.MapGet(ApiPaths.NodeLog, LogAsync);
    }

    /// <summary>Only one of the nodes that can be the coordinator's knows the answer.</summary>
    private static async Task AnswerStandingByAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (StandsByException e)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(new Problems([e.Message])).ConfigureAwait(false);
        }
    }

    private static IResult Refuse(int status, params string[] lines) => Results.Json(new Problems(lines), statusCode: status);

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (ClusterBusyException e)
        {
            return Refuse(StatusCodes.Status409Conflict, e.Message);
        }
        catch (UsageException e)
        {
            return Refuse(StatusCodes.Status400BadRequest, [.. e.Problems]);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or RunFolderException or Learning.DataFormatException)
        {
            return Refuse(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private Task<IResult> BeginAsync(HttpContext context) => AnswerAsync(async () =>
    {
        var request = await context.Request.ReadFromJsonAsync<RunRequest>(FeedLine.Json).ConfigureAwait(false);
        return Results.Json(new RunBegun(await seat.Require().StartAsync(request!).ConfigureAwait(false)), FeedLine.Json);
    });

    private Task<IResult> ReceiveAsync(string run, string path, HttpContext context) =>
        TakeAsync(run, context, write => seat.Require().Receive(run, path, write));

    private Task<IResult> ReceiveInitialAsync(string sha256, HttpContext context) =>
        TakeAsync(sha256, context, write => seat.Require().ReceiveInitial(sha256, write));

    /// <summary>Checkpoints are as long as they are.</summary>
    private static Task<IResult> TakeAsync(string name, HttpContext context, Action<Action<Stream>> take) => AnswerAsync(async () =>
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        await Task.Run(() => take(file => context.Request.Body.CopyToAsync(file, context.RequestAborted).GetAwaiter().GetResult())).ConfigureAwait(false);
        return Results.Json(new RunBegun(name), FeedLine.Json);
    });

    private async Task FeedAsync(HttpContext context)
    {
        if (seat.Require().Latest is not { } run)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new Problems(["the cluster has no run"])).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        try
        {
            await foreach (var line in run.Feed.FollowAsync(context.RequestAborted).ConfigureAwait(false))
            {
                await context.Response.WriteAsync(line + "\n", context.RequestAborted).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever followed has left, and may come back.
        }
    }

    private IResult Stop(bool checkpoint) =>
        (checkpoint ? seat.Require().Stop() : seat.Require().Abandon()) is { } run
            ? Results.Json(new RunBegun(run), FeedLine.Json)
            : Refuse(StatusCodes.Status404NotFound, "no run is in progress");

    private IResult Files()
    {
        if (seat.Require().Latest?.Folder is not { } folder)
        {
            return Refuse(StatusCodes.Status404NotFound, "the cluster has no run");
        }

        return Results.Json(folder.Files, FeedLine.Json);
    }

    /// <summary>Only what <see cref="Files"/> lists: nothing outside the run's folder.</summary>
    private IResult File(string path)
    {
        return seat.Require().Latest is { } run && RunFolder.PathIn(run.Folder.Root, path) is { } file && System.IO.File.Exists(file)
            ? Results.Stream(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            : Refuse(StatusCodes.Status404NotFound, $"the run has no file {path}");
    }

    private async Task DataAsync(HttpContext context)
    {
        if (seat.Require().Latest is not { } run)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var content = new MemoryStream();
        await Task.Run(() => LoadedDataCodec.Write(content, NodeData.Load(run.Options, dataRoot))).ConfigureAwait(false);
        context.Response.ContentLength = content.Length;
        content.Position = 0;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<IResult> LogAsync(string name)
    {
        if (name == "coordinator")
        {
            return Results.Text(string.Concat(recent.Lines.Select(line => line + "\n")));
        }

        if (seat.Require().Find(name) is not { } node)
        {
            return Refuse(StatusCodes.Status404NotFound, $"{name} is not here; distnet status lists who is");
        }

        try
        {
            using var client = clients.For(ClusterAddress.Parse(node.Card.Address, "--advertise"));
            client.Timeout = TimeSpan.FromSeconds(5);
            return Results.Text(await client.GetStringAsync(ApiPaths.Log).ConfigureAwait(false), contentEncoding: Encoding.UTF8);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return Refuse(StatusCodes.Status502BadGateway, $"{name} at {node.Card.Address} does not answer: {e.Message}");
        }
    }
}
