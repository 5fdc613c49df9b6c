using System.Net;
using System.Text.Json;
using DistNet.Hosting;
using DistNet.TestKit;

namespace DistNet.Cluster.Tests;

/// <summary>
/// A coordinator, two servers and three workers, each a process on a host of its own, and one run after the other, that nothing but a request ends.
/// Nothing is there where there can be no such hosts.
/// </summary>
public sealed class HostCluster : IAsyncLifetime
{
    public static readonly string[] Members = ["server-0", "server-1", "worker-0", "worker-1", "worker-2"];

    /// <summary>Shorter than by default, so that a cut is soon noticed.</summary>
    private const string SilenceLimit = "2";

    private const string Host = "coordinator";

    private static readonly string[] Options = ["--hidden", "16", "--batch", "48", "--lanes", "3", "--dropout", "0.1", "--format", "json"];

    private static readonly Dictionary<string, string> Environment = new() { [JoinToken.Variable] = "a secret" };

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly Dictionary<string, ProgramProcess> _nodes = [];
    private HostNetwork? _network;
    private ProgramProcess? _run;
    private int _runs;

    /// <summary>Why there is no cluster; null: there is.</summary>
    public string? Obstacle { get; } = HostNetwork.Obstacle();

    public HostNetwork Network => _network!;

    /// <summary>Whoever follows the run, on the coordinator's host.</summary>
    public ProgramProcess Run => _run!;

    private string Coordinator => $"{Network.AddressOf(Host)}:7070";

    /// <summary>Starts the nodes and waits until all have joined.</summary>
    public async Task InitializeAsync()
    {
        if (Obstacle is not null)
        {
            return;
        }

        _network = new HostNetwork([Host, .. Members]);
        AddNode(Host, []);
        foreach (var name in Members)
        {
            AddNode(name, ["--index", name.Split('-')[1], "--join", Coordinator, "--threads", "1"]);
        }

        await Task.WhenAll(Members.Select(name => _nodes[name].LineAsync("joined the cluster")));
    }

    public ProgramProcess Node(string name) => _nodes[name];

    /// <summary>A node as notices name it.</summary>
    public string TextOf(string name) => $"{name} (pid {_nodes[name].Id}, {Dns.GetHostName()})";

    /// <summary>Begins a run and waits until it is in its midst.</summary>
    public async Task BeginAsync()
    {
        _run = On(Host, ["train", "--cluster", Coordinator, .. Options, "--epochs", "1000000", "--out", $"run-{++_runs}"]);
        await Run.LineAsync("epoch 2/");
    }

    /// <summary>Ends the run here and now; its result.</summary>
    public async Task<JsonElement> StopAsync()
    {
        (await AskToStopAsync("--checkpoint")).ShouldBe(0);
        var (code, output) = await Run.ExitAsync();
        code.ShouldBe(130, Run.ToString());
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>As many steps of the same run, in one process that nothing disturbs.</summary>
    internal static Task<TrainingResult> UndisturbedAsync(long steps) =>
        Undisturbed.ResultAsync(new TrainingOptions { Hidden = [16], Batch = 48, Lanes = 3, Dropout = 0.1f, Epochs = null, Steps = steps });

    /// <summary>Whatever became of a test, the next one finds hosts that reach each other, and no run.</summary>
    public async Task CalmAsync()
    {
        foreach (var host in _nodes.Keys)
        {
            Network.Heal(host);
        }

        if (_run is { HasExited: false })
        {
            await AskToStopAsync();
        }

        _run?.Dispose();
    }

    public Task DisposeAsync()
    {
        _nodes.Values.ToList().ForEach(node => node.Dispose());
        _network?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What all processes have printed.</summary>
    public override string ToString() => string.Join("\n\n", _nodes.Values.Append(_run));

    private async Task<int> AskToStopAsync(params string[] how)
    {
        using var stop = On(Host, ["stop", "--cluster", Coordinator, .. how]);
        return (await stop.ExitAsync()).Code;
    }

    /// <summary>The hosts are one machine's, which has one memory; between real ones there is none to share.</summary>
    private void AddNode(string name, IEnumerable<string> arguments) => _nodes.Add(
        name, On(name, ["node", "--role", name.Split('-')[0], "--listen", "0.0.0.0:7070", "--dir", name, "--silence-limit", SilenceLimit, LocalCluster.NoSharedMemory, .. arguments]));

    private ProgramProcess On(string host, IEnumerable<string> arguments) =>
        ProgramProcess.Start(Network.CommandOn(host, [ProgramProcess.DistNet, .. arguments]), _folder, Environment);
}
