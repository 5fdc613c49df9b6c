using System.Net;
using DistNet.TestKit;

namespace DistNet.Cluster.Tests;

/// <summary>What the pods of deploy/kubernetes would run, as processes of this machine.</summary>
public sealed class PodTests : IDisposable
{
    private const int FirstNumber = 101;

    private readonly TemporaryFolder _folder = new();
    private readonly List<(Workload Workload, string Address, Container Container)> _pods = [];

    [SkippableFact]
    public async Task Pods_become_a_cluster_answer_their_probes_and_leave_when_they_are_asked_to()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        var overlay = Overlay.Render("builtin");
        Add(overlay, "coordinator", 0);
        Add(overlay, "server", 1);
        Add(overlay, "worker", 0);
        Add(overlay, "server", 0);

        var nodes = _pods.Select(pod => pod.Container.Start()).ToList();
        await nodes[1].LineAsync("as server-1");
        await nodes[2].LineAsync("as worker-0");
        await nodes[3].LineAsync("as server-0");
        foreach (var (workload, address, _) in _pods)
        {
            (await AnswerAsync(workload, "livenessProbe", address)).ShouldBe(HttpStatusCode.OK, workload.Name);
            await Eventually.SomeAsync(async () => await AnswerAsync(workload, "readinessProbe", address) == HttpStatusCode.OK ? workload : null, TimeSpan.FromSeconds(30), $"{workload.Name} to be ready");
        }

        nodes.ForEach(node => node.Terminate());
        (await Task.WhenAll(nodes.Select(node => node.ExitAsync()))).ShouldAllBe(end => end.Code == 0);
    }

    public void Dispose()
    {
        _pods.ForEach(pod => pod.Container.Dispose());
        _folder.Dispose();
    }

    private static async Task<HttpStatusCode> AnswerAsync(Workload workload, string probe, string address)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://{address}:7070{workload.Container.Text(probe, "httpGet", "path")}"));
        return answer.StatusCode;
    }

    private void Add(Overlay overlay, string name, int index)
    {
        var workload = overlay[name];
        var address = Container.Loopback(FirstNumber + _pods.Count);
        var state = Directory.CreateDirectory(_folder.In(FormattableString.Invariant($"{name}-{index}"))).FullName;
        var folders = new Dictionary<string, string> { ["/app"] = AppContext.BaseDirectory.TrimEnd('/'), ["/state"] = state, ["/data"] = _folder.Path };
        var hosts = new Dictionary<string, string> { ["self"] = address, ["coordinators"] = Container.Loopback(FirstNumber) };
        var environment = new Dictionary<string, string>(overlay.OfKind("ConfigMap").Single().Map("data")) { [JoinToken.Variable] = "a secret" };
        var service = new ComposeService { Command = workload.CommandOf(address, index), Environment = environment };
        _pods.Add((workload, address, new Container(name, ImageFile.Read(), service, folders, hosts)));
    }
}
