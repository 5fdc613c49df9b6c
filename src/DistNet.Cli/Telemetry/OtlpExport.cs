using DistNet.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DistNet.Cli;

/// <summary>
/// Sends this process's measurements, spans and log to a collector, by the OpenTelemetry protocol. The standard variables (OTEL_*) say where and how.
/// Begins when it is known who this process is; what is logged before that is not sent.
/// </summary>
internal sealed class OtlpExport
{
    /// <summary>The variable that asks for it.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Less than what a local cluster gives a node to end in. A collector that takes longer is not waited for.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly CommandHost _host;
    private readonly string _endpoint;
    private OpenTelemetrySdk? _sdk;

    private OtlpExport(CommandHost host, string endpoint)
    {
        _host = host;
        _endpoint = endpoint;
    }

    /// <summary>What the variable says, whatever it is; null: it is not set.</summary>
    public static string? EndpointOf(CommandHost host) =>
        host.Environment.LastOrDefault(pair => pair.Key == Endpoint).Value is { Length: > 0 } endpoint ? endpoint : null;

    /// <summary>Null where nobody has asked for one.</summary>
    /// <exception cref="UsageException">The endpoint is none.</exception>
    public static OtlpExport? For(CommandHost host)
    {
        var endpoint = EndpointOf(host);
        return endpoint is null ? null
            : Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? new OtlpExport(host, endpoint)
            : throw new UsageException($"{Endpoint}: '{endpoint}' is no address such as http://127.0.0.1:4317");
    }

    /// <summary>Begins to listen and to send; once.</summary>
    /// <param name="instance">Who this process is among those of its service.</param>
    /// <param name="run">Its one run; null: it may have several.</param>
    public void Begin(string instance, string? run) => _sdk = OpenTelemetrySdk.Create(builder =>
    {
        builder.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_host.Environment!).Build());
        builder.ConfigureResource(resource => Describe(resource, instance, run));
        builder.WithMetrics(metrics => metrics.AddMeter(TrainingMetrics.MeterName).AddOtlpExporter());
        builder.WithTracing(traces => traces.AddSource(TrainingTraces.SourceName).AddOtlpExporter());
        builder.WithLogging(logs => logs.AddOtlpExporter(), options => (options.IncludeScopes, options.IncludeFormattedMessage) = (true, true));
    });

    /// <summary>Where lines to be sent are written; null before the beginning.</summary>
    public ILogger? Log(string category) => _sdk?.GetLoggerFactory().CreateLogger(category);

    /// <summary>Sends what has not been sent yet, but does not wait long, and says so in one line if it could not.</summary>
    public async Task EndAsync()
    {
        if (_sdk is { } sdk)
        {
            var ending = Task.Run(() => End(sdk));
            var hasEnded = await Task.WhenAny(ending, Task.Delay(EndLimit)) == ending;
            if (!hasEnded || !await ending)
            {
                _host.Complain($"telemetry did not reach {_endpoint} ({Endpoint}): nobody takes it there, or not soon enough");
            }
        }
    }

    /// <summary>What the variables say of the resource goes before what is said here.</summary>
    private static void Describe(ResourceBuilder resource, string instance, string? run)
    {
        resource.AddService("distnet", serviceVersion: ThisProgram.Version, autoGenerateServiceInstanceId: false, serviceInstanceId: instance);
        if (run is not null)
        {
            resource.AddAttributes([new("distnet.run", run)]);
        }

        resource.AddEnvironmentVariableDetector();
    }

    /// <summary>False: something did not arrive.</summary>
    private static bool End(OpenTelemetrySdk sdk)
    {
        var limit = (int)EndLimit.TotalMilliseconds;
        Func<bool>[] flushes = [() => sdk.MeterProvider.ForceFlush(limit), () => sdk.TracerProvider.ForceFlush(limit), () => sdk.LoggerProvider.ForceFlush(limit)];
        var arrived = flushes.AsParallel().Select(flush => flush()).ToArray();
        sdk.Dispose();
        return Array.TrueForAll(arrived, static one => one);
    }
}
