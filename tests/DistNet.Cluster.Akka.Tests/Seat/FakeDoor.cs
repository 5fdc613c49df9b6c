using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>A door at which somebody answers, but no node is behind it.</summary>
internal sealed class FakeDoor : IAsyncDisposable
{
    private WebApplication? _app;
    private int _asked;
    private int _invited;

    private FakeDoor(ClusterAddress address) => Address = address;

    /// <summary>How often somebody has asked here.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>How often somebody has asked over who is here.</summary>
    public int Invited => Volatile.Read(ref _invited);

    public ClusterAddress Address { get; }

    /// <summary>Of the actor system that it tells of.</summary>
    public string System => $"akka.tcp://distnet@{Address.Host}:{Address.Port + 1}";

    /// <summary>One that says how many members its cluster has.</summary>
    /// <param name="members">So many; 0: it is in none yet.</param>
    /// <param name="code">How it answers.</param>
    public static Task<FakeDoor> OpenAsync(int members, int code = StatusCodes.Status200OK) => OpenAsync(SeatedCluster.NextAddress(), members, code);

    /// <inheritdoc cref="OpenAsync(int, int)"/>
    /// <param name="address">Where.</param>
    /// <param name="members">So many; 0: it is in none yet.</param>
    /// <param name="code">How it answers.</param>
    /// <param name="stays">Whether it says that it stays.</param>
    public static async Task<FakeDoor> OpenAsync(ClusterAddress address, int members, int code = StatusCodes.Status200OK, bool stays = false)
    {
        var door = new FakeDoor(address);
        door._app = await ListenAsync(door.Address, app =>
        {
            app.MapGet(AkkaDoor.Path, () => door.Answer(members, code, stays));
            app.MapPost(AkkaDoor.Path, () => Interlocked.Increment(ref door._invited));
        });
        return door;
    }

    public static async Task<WebApplication> ListenAsync(ClusterAddress address, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private IResult Answer(int members, int code, bool stays)
    {
        Interlocked.Increment(ref _asked);
        return code == StatusCodes.Status200OK ? Results.Json(new AkkaDoor(System, 1, members, stays), FeedLine.Json) : Results.StatusCode(code);
    }
}
