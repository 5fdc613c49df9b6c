using System.ComponentModel;
using System.Text.Json;
using DistNet.TestKit;

namespace DistNet.Cluster.Tests;

/// <summary>A folder of deploy/kubernetes/overlays, as Kubernetes is given it.</summary>
internal sealed class Overlay
{
    private const string Unusable = "kubectl is not installed, or older than 1.24, whose kustomize does not know all that the files need";

    private Overlay(string text)
    {
        Lines = text.Split('\n');
        All = Manifest.ReadAll(text);
        Workloads = [.. All.Where(manifest => manifest.Kind is "StatefulSet" or "Deployment").Select(manifest => new Workload(manifest))];
    }

    public string[] Lines { get; }

    public IReadOnlyList<Manifest> All { get; }

    public IReadOnlyList<Workload> Workloads { get; }

    public Workload this[string name] => Workloads.Single(workload => workload.Name == name);

    /// <summary>Skips the test where there is nothing to render it with.</summary>
    public static Overlay Render(string name)
    {
        Skip.IfNot(CanRender(), Unusable);
        return new Overlay(SystemCommand.Run("kubectl", "kustomize", Repository.PathOf("deploy/kubernetes/overlays", name)));
    }

    public IEnumerable<Manifest> OfKind(string kind) => All.Where(manifest => manifest.Kind == kind);

    private static bool CanRender()
    {
        try
        {
            using var version = JsonDocument.Parse(SystemCommand.Run("kubectl", "version", "--client", "--output=json"));
            return version.RootElement.TryGetProperty("kustomizeVersion", out _);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or JsonException)
        {
            return false;
        }
    }
}
