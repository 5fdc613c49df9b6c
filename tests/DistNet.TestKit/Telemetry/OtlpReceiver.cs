using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DistNet.TestKit;

/// <summary>A small collector of telemetry by the OpenTelemetry protocol, over HTTP or gRPC, that keeps what it is sent.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    /// <summary>A gRPC message comes behind a flag and its length.</summary>
    private const int GrpcPrefix = 5;

    private readonly WebApplication _server;
    private readonly bool _isGrpc;
    private readonly Dictionary<string, ReceivedTelemetry> _received = [];

    private OtlpReceiver(WebApplication server, bool isGrpc)
    {
        _server = server;
        _isGrpc = isGrpc;
    }

    /// <summary>Where it listens.</summary>
    public string Address => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What makes a process send here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = _isGrpc ? "grpc" : "http/protobuf",
    };

    /// <summary>What came so far, by the name of the instance that sent it.</summary>
    public IReadOnlyDictionary<string, ReceivedTelemetry> Received
    {
        get
        {
            lock (_received)
            {
                return new Dictionary<string, ReceivedTelemetry>(_received);
            }
        }
    }

    public static async Task<OtlpReceiver> StartAsync(bool isGrpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var receiver = new OtlpReceiver(builder.Build(), isGrpc);
        receiver._server.Run(receiver.TakeAsync);
        await receiver._server.StartAsync().ConfigureAwait(false);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body).ConfigureAwait(false);
        var content = body.ToArray().AsMemory(_isGrpc ? GrpcPrefix : 0);
        Take(context.Request.Path.Value!, new ProtoMessage(content));
        if (_isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[GrpcPrefix]).ConfigureAwait(false);
            context.Response.AppendTrailer("grpc-status", 0.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
        }
    }

    /// <summary>All three requests are alike: by resource, then by scope, then one after the other.</summary>
    private void Take(string path, ProtoMessage request)
    {
        lock (_received)
        {
            foreach (var group in request.All(1))
            {
                var target = Of(ReceivedTelemetry.Attributes(group.One(1).All(1)));
                var items = group.All(2).SelectMany(scope => scope.All(2));
                Action<ProtoMessage> add = path.Contains("race", StringComparison.Ordinal) ? target.AddSpan
                    : path.Contains("etrics", StringComparison.Ordinal) ? target.AddMetric
                    : target.AddLine;
                items.ToList().ForEach(add);
            }
        }
    }

    private ReceivedTelemetry Of(Dictionary<string, string> resource)
    {
        var instance = resource["service.instance.id"];
        if (!_received.TryGetValue(instance, out var target))
        {
            _received[instance] = target = new ReceivedTelemetry(resource);
        }

        return target;
    }
}
