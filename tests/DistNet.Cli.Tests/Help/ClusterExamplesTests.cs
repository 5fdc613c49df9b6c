using System.Net;
using System.Net.Sockets;
using DistNet.Cluster;
using DistNet.TestKit;

namespace DistNet.Cli.Tests;

/// <summary>The examples for clusters, run in the order in which somebody would need them, on one cluster of processes. Its addresses stand for theirs.</summary>
public sealed class ClusterExamplesTests : IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private static readonly string[] Verbs = ["node", "health", "status", "logs", "attach", "stop", "train --cluster"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-examples-").FullName;
    private readonly ClusterAddress _coordinator = new("127.0.0.1", FreePort());
    private readonly List<CommandProcess> _started = [];

    public ClusterExamplesTests()
    {
        File.WriteAllText(Path.Combine(_folder, "token"), Token);
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
    }

    /// <summary>Whether the example is of those that are run here.</summary>
    public static bool Runs(string example) => Array.Exists(Verbs, verb => example == verb || example.StartsWith(verb + " ", StringComparison.Ordinal));

    [Fact]
    public async Task They_work_on_a_cluster_of_a_coordinator_a_server_and_a_worker()
    {
        StartAll("node");
        await SeenAsync(status => status.Nodes.Count == 3, "a cluster of three");
        foreach (var stop in Examples("stop"))
        {
            var train = Start($"train --cluster {_coordinator} --token-file token --epochs 1000000 --out runs/{Guid.NewGuid():N}");
            await SeenAsync(status => status.Run is { Step: > 0 }, "a run that has begun");
            var attached = Examples("attach").Select(example => Start(example, awaited: "digits: ")).ToArray();
            await Task.WhenAll(attached.Select(process => process.SeenAsync()));
            await Task.WhenAll(Examples("status").Concat(Examples("health")).Concat(Examples("logs")).Select(WorksAsync));
            await WorksAsync(stop);
            await Task.WhenAll(attached.Append(train).Select(process => process.ExitAsync()));
        }

        await Task.WhenAll(Examples("train --cluster").Select(WorksAsync));
    }

    public void Dispose()
    {
        _started.ForEach(process => process.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Examples(string verb) => HelpExamples.All.Where(example => example == verb || example.StartsWith(verb + " ", StringComparison.Ordinal));

    private void StartAll(string verb)
    {
        foreach (var example in Examples(verb))
        {
            Start(example);
        }
    }

    private async Task SeenAsync(Func<ClusterStatus, bool> isSo, string what)
    {
        using var client = new ClusterClient(_coordinator, new Tls(TlsOptions.None), new JoinToken(Token));
        await Eventually.SomeAsync(async () => await StatusAsync(client) is { } status && isSo(status) ? status : null, Limit, what);
    }

    /// <summary>Null: nobody answers yet.</summary>
    private static async Task<ClusterStatus?> StatusAsync(ClusterClient client)
    {
        try
        {
            return await client.StatusAsync(CancellationToken.None);
        }
        catch (ClusterUnreachableException)
        {
            return null;
        }
    }

    private CommandProcess Start(string example, string awaited = "\0")
    {
        var process = CommandProcess.Start(_folder, HelpExamples.Words(Here(example)), [KeyValuePair.Create(JoinToken.Variable, Token)], awaited);
        _started.Add(process);
        return process;
    }

    private async Task WorksAsync(string example)
    {
        var outcome = await Start(example).ExitAsync();
        outcome.ExitCode.ShouldBe(0, $"distnet {example}\n{outcome.Error}");
        outcome.Out.ShouldNotBeEmpty();
    }

    /// <summary>The example with this cluster's address and folder; health asks a port of its own unless it is told.</summary>
    private string Here(string example) => example == "health"
        ? $"health --node {_coordinator}"
        : example.Replace("10.0.0.5:7070", $"{_coordinator}", StringComparison.Ordinal).Replace("10.0.0.6:7070", $"{_coordinator}", StringComparison.Ordinal).Replace(" /data", " data", StringComparison.Ordinal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
