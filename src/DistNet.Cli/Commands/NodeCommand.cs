using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DistNet.Cli;

/// <summary><c>distnet node</c>.</summary>
internal static class NodeCommand
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(12);

    public static Command Build(CommandHost host)
    {
        var set = new NodeOptionSet(host);
        var command = new Verb(
            "node",
            "Run one node of a cluster: its coordinator, a server or a worker.",
            """
            Examples, with the same join token on every machine:
              distnet node --role coordinator --listen 10.0.0.5:7070 --token-file token
              distnet node --role server --join 10.0.0.5:7070 --token-file token
              distnet node --role worker --join 10.0.0.5:7070 --token-file token --data-root /data
              distnet node --role coordinator --listen 10.0.0.5:7070 --token-file token --dashboard

            Then, from anywhere: distnet train --cluster 10.0.0.5:7070 --token-file token. A node that dies may be
            started again with the same command. With --faults FILE a node slows its work and harms what it sends as the file
            says; processes are killed and paused by distnet up alone. GET /health, /ready and /alive answer on the port it listens on.
            """);
        command.Check = set.ProblemsOf;
        set.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed, set, host));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, NodeOptionSet set, CommandHost host)
    {
        using var directory = set.ClaimDirectory(parsed);
        var read = set.Read(parsed, directory.Path);
        await using var page = await LivePage.OpenAsync(set.Dashboard.Read(parsed), "node", host);
        var options = read with { Watcher = page.Watcher };
        using var recent = new LogBuffer(TimeProvider.System);
        var export = OtlpExport.For(host);
        using var logging = Logging(recent, export);
        var node = await StartAsync(options, recent, logging.CreateLogger("distnet"), export, host);
        host.Out.WriteLine($"{options.Role.ToString().ToLowerInvariant()} listens on {node.Address}");
        var end = set.HasLifeline(parsed) ? Lifeline.EndAsync() : Task.Delay(Timeout.Infinite, host.Stop);
        if (await Task.WhenAny(end, node.Failed) == node.Failed)
        {
            await FailAsync(node, export);
            throw await node.Failed;
        }

        await EndAsync(node, tells: !set.HasLifeline(parsed));
        await (export?.EndAsync() ?? Task.CompletedTask);
        return ExitCode.Done;
    }

    private static ILoggerFactory Logging(LogBuffer recent, OtlpExport? export) => LoggerFactory.Create(builder =>
    {
        builder
            .AddProvider(recent)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) = (true, "HH:mm:ss.fff ", LoggerColorBehavior.Disabled))
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (export is not null)
        {
            builder.AddProvider(new ExportedLogs(export));
        }
    });

    /// <summary>A node that has no number of its own is named by the coordinator; only then is it known whose telemetry this is.</summary>
    private static async Task<Node> StartAsync(NodeOptions options, LogBuffer recent, ILogger log, OtlpExport? export, CommandHost host)
    {
        if (export is null)
        {
            return await Node.StartAsync(options, recent, log);
        }

        if (options.Role == Role.Coordinator || options.Index >= 0)
        {
            export.Begin(new ActorId(options.Role, options.Index).ToString(), run: null);
            return await Node.StartAsync(options, recent, log);
        }

        var node = await Node.StartAsync(options, recent, log);
        _ = BeginExportAsync(node, export, host);
        return node;
    }

    private static async Task BeginExportAsync(Node node, OtlpExport export, CommandHost host)
    {
        try
        {
            export.Begin((await node.Named).ToString(), run: null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            host.Complain($"no telemetry is sent: {e.Message}");
        }
    }

    /// <summary>What was measured up to the failure is of most interest then, and spans under way must end.</summary>
    private static async Task FailAsync(Node node, OtlpExport? export)
    {
        if (export is not null)
        {
            await EndAsync(node, tells: false);
            await export.EndAsync();
        }
    }

    /// <summary>A node that is asked to end does so; what it cannot say in time is not worth waiting for.</summary>
    private static async Task EndAsync(Node node, bool tells)
    {
        var ending = Task.Run(async () =>
        {
            if (tells)
            {
                await node.LeaveAsync();
            }

            await node.DisposeAsync();
        });
        await Task.WhenAny(ending, Task.Delay(EndLimit));
    }
}
