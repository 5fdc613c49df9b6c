using System.Net;
using System.Text.Json;
using DistNet.TestKit;
using Xunit.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>A coordinator, two servers and three workers, each a process on a host of its own, and a run that nothing but a request ends.</summary>
internal sealed class HostCluster : IDisposable
{
    public static readonly string[] Members = ["server-0", "server-1", "worker-0", "worker-1", "worker-2"];

    /// <summary>Shorter than by default, so that a cut is soon noticed.</summary>
    private const string SilenceLimit = "2";

    private static readonly string[] Options = ["--hidden", "16", "--batch", "48", "--lanes", "3", "--dropout", "0.1", "--format", "json"];

    private static readonly Dictionary<string, string> Environment = new() { [JoinToken.Variable] = "a secret" };

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly Dictionary<string, ProgramProcess> _nodes = [];
    private readonly string _coordinator;
    private readonly ITestOutputHelper _output;
    private ProgramProcess? _run;

    private HostCluster(ITestOutputHelper output)
    {
        _output = output;
        Network = new HostNetwork(["coordinator", .. Members]);
        _coordinator = $"{Network.AddressOf("coordinator")}:7070";
    }

    public HostNetwork Network { get; }

    /// <summary>Whoever follows the run, on the coordinator's host.</summary>
    public ProgramProcess Run => _run!;

    /// <summary>Starts the nodes, and the run when all are there.</summary>
    /// <param name="output">Given all that the processes have printed, in the end.</param>
    public static async Task<HostCluster> StartAsync(ITestOutputHelper output)
    {
        var cluster = new HostCluster(output);
        try
        {
            await cluster.BeginAsync();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public ProgramProcess Node(string name) => _nodes[name];

    /// <summary>A node as notices name it.</summary>
    public string TextOf(string name) => $"{name} (pid {_nodes[name].Id}, {Dns.GetHostName()})";

    /// <summary>Ends the run here and now; its result.</summary>
    public async Task<JsonElement> StopAsync()
    {
        using var stop = On("coordinator", ["stop", "--cluster", _coordinator, "--checkpoint"]);
        (await stop.ExitAsync()).Code.ShouldBe(0, stop.ToString());
        return ResultOf(Run, await Run.ExitAsync(), expectedCode: 130);
    }

    /// <summary>As many steps of the same run, in one process that nothing disturbs.</summary>
    public async Task<JsonElement> UndisturbedAsync(long steps)
    {
        using var train = ProgramProcess.Start([ProgramProcess.DistNet, "train", .. Options, "--steps", $"{steps}", "--quiet"], _folder);
        return ResultOf(train, await train.ExitAsync(), expectedCode: 0);
    }

    public void Dispose()
    {
        _output.WriteLine(string.Join("\n\n", _nodes.Values.Append(_run)));
        _run?.Dispose();
        _nodes.Values.ToList().ForEach(node => node.Dispose());
        Network.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static JsonElement ResultOf(ProgramProcess process, (int Code, string Out) end, int expectedCode)
    {
        end.Code.ShouldBe(expectedCode, process.ToString());
        return JsonDocument.Parse(end.Out).RootElement;
    }

    private async Task BeginAsync()
    {
        AddNode("coordinator", []);
        foreach (var name in Members)
        {
            AddNode(name, ["--index", name.Split('-')[1], "--join", _coordinator, "--threads", "1"]);
        }

        await Task.WhenAll(Members.Select(name => _nodes[name].LineAsync("joined the cluster")));
        _run = On("coordinator", ["train", "--cluster", _coordinator, .. Options, "--epochs", "1000000", "--out", "run"]);
        await Run.LineAsync("epoch 2/");
    }

    /// <summary>The hosts are one machine's, which has one memory; between real ones there is none to share.</summary>
    private void AddNode(string name, IEnumerable<string> arguments) => _nodes.Add(
        name, On(name, ["node", "--role", name.Split('-')[0], "--listen", "0.0.0.0:7070", "--dir", name, "--silence-limit", SilenceLimit, LocalCluster.NoSharedMemory, .. arguments]));

    private ProgramProcess On(string host, IEnumerable<string> arguments) =>
        ProgramProcess.Start(Network.CommandOn(host, [ProgramProcess.DistNet, .. arguments]), _folder, Environment);
}
