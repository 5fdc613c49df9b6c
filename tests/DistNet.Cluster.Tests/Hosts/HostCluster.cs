using System.Net;
using System.Text.Json;
using DistNet.Hosting;
using DistNet.TestKit;

namespace DistNet.Cluster.Tests;

/// <summary>
/// A coordinator, two servers and three workers, or another plan, each a process on a host of its own, and one run after the other, that nothing but a
/// request ends. Nothing is there where there can be no such hosts.
/// </summary>
public class HostCluster : IAsyncLifetime
{
    public static readonly string[] Members = ["server-0", "server-1", "worker-0", "worker-1", "worker-2"];

    /// <summary>Silence that is shorter than by default, so that a cut is soon noticed.</summary>
    private static readonly HostPlan BuiltIn = new(["coordinator"], Members, "coordinator") { NodeOptions = ["--silence-limit", "2"] };

    private static readonly Dictionary<string, string> Environment = new() { [JoinToken.Variable] = "a secret" };

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly Dictionary<string, ProgramProcess> _nodes = [];
    private readonly List<ProgramProcess> _ended = [];
    private readonly HostPlan _plan;
    private HostNetwork? _network;
    private ProgramProcess? _run;
    private int _runs;

    public HostCluster()
        : this(BuiltIn)
    {
    }

    private protected HostCluster(HostPlan plan) => _plan = plan;

    /// <summary>Why there is no cluster; null: there is.</summary>
    public string? Obstacle { get; } = HostNetwork.Obstacle();

    public HostNetwork Network => _network!;

    /// <summary>Whoever follows the run.</summary>
    public ProgramProcess Run => _run!;

    /// <summary>Starts the nodes and waits until all have joined.</summary>
    public async Task InitializeAsync()
    {
        if (Obstacle is not null)
        {
            return;
        }

        _network = new HostNetwork([.. _plan.Seats, .. _plan.Members]);
        foreach (var name in _plan.Seats.Concat(_plan.Members))
        {
            Start(name);
        }

        await Task.WhenAll(_plan.Members.Select(name => _nodes[name].LineAsync(_plan.Control.IsAkka ? "knows this node as" : "joined the cluster")));
    }

    public ProgramProcess Node(string name) => _nodes[name];

    /// <summary>A node as notices name it.</summary>
    public string TextOf(string name) => $"{name} (pid {_nodes[name].Id}, {Dns.GetHostName()})";

    /// <summary>Begins a run and waits until it is in its midst.</summary>
    public async Task BeginAsync()
    {
        _run = On(_plan.Client, ["train", .. Cluster, .. Options, "--epochs", "100000", "--out", $"run-{++_runs}"]);
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
    internal Task<TrainingResult> UndisturbedAsync(long steps) =>
        Undisturbed.ResultAsync(new TrainingOptions { Hidden = [16], Batch = 48, Lanes = _plan.Lanes, Dropout = 0.1f, Epochs = null, Steps = steps });

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
        _nodes.Values.Concat(_ended).ToList().ForEach(node => node.Dispose());
        _network?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What all processes have printed.</summary>
    public override string ToString() => string.Join("\n\n", _ended.Concat(_nodes.Values).Append(_run));

    /// <summary>Starts nodes again that have ended, with what they left in their directories.</summary>
    protected IReadOnlyList<ProgramProcess> StartEnded()
    {
        var ended = _nodes.Where(node => node.Value.HasExited).ToArray();
        foreach (var (name, node) in ended)
        {
            _ended.Add(node);
            _nodes.Remove(name);
            Start(name);
        }

        return [.. ended.Select(node => _nodes[node.Key])];
    }

    private string[] Options => ["--hidden", "16", "--batch", "48", "--lanes", $"{_plan.Lanes}", "--dropout", "0.1", "--format", "json"];

    /// <summary>How a client finds the cluster.</summary>
    private string[] Cluster => ["--cluster", Seats, .. _plan.Control.IsAkka ? [ControlOptions.Option, ControlOptions.Akka] : Array.Empty<string>()];

    private string Seats => string.Join(',', _plan.Seats.Select(seat => $"{Network.AddressOf(seat)}:7070"));

    private async Task<int> AskToStopAsync(params string[] how)
    {
        using var stop = On(_plan.Client, ["stop", .. Cluster, .. how]);
        return (await stop.ExitAsync()).Code;
    }

    private void Start(string name)
    {
        var role = name.Split('-')[0];
        string[] own = role == "coordinator" ? SeatOptions(name) : ["--index", name.Split('-')[1], "--join", Seats, "--threads", "1"];

        // The hosts are one machine's, which has one memory; between real ones there is none to share.
        _nodes.Add(name, On(name, ["node", "--role", role, "--listen", "0.0.0.0:7070", "--dir", name, LocalCluster.NoSharedMemory, .. _plan.Control.ToArguments(), .. _plan.NodeOptions, .. own]));
    }

    private string[] SeatOptions(string name) => _plan.Control.IsAkka ? ["--advertise", Network.AddressOf(name), "--join", Seats] : [];

    private ProgramProcess On(string host, IEnumerable<string> arguments) =>
        ProgramProcess.Start(Network.CommandOn(host, [ProgramProcess.DistNet, .. arguments]), _folder, Environment);
}
