using System.Globalization;
using System.Text.RegularExpressions;

namespace DistNet.Cluster.Tests;

/// <summary>A StatefulSet or Deployment, and what its pods run.</summary>
internal sealed partial class Workload(Manifest manifest)
{
    public string Name => manifest.Name;

    public Manifest Spec => manifest.At("spec");

    public Manifest Pod => Spec.At("template", "spec");

    public Manifest Container => Pod.List("containers").Single();

    public int Replicas => int.Parse(Spec.Text("replicas"), CultureInfo.InvariantCulture);

    public IReadOnlyDictionary<string, string> Labels => Spec.Map("template", "metadata", "labels");

    /// <summary>Volumes by name, of pods and of their claims.</summary>
    public IEnumerable<string> Volumes => [.. Pod.List("volumes").Select(volume => volume.Text("name")), .. Spec.List("volumeClaimTemplates").Select(claim => claim.Name)];

    /// <summary>Values of an option on the command line.</summary>
    public IEnumerable<string> ValuesOf(string option) =>
        Container.Texts("args") is var args && args.ToList().IndexOf(option) is >= 0 and var at ? args[at + 1].Split(',') : [];

    /// <summary>A pod's command line, with the variables filled in that Kubernetes fills in.</summary>
    public List<string> CommandOf(string address, int index)
    {
        var known = Container.List("env").Where(variable => variable.Has("valueFrom", "fieldRef"))
            .ToDictionary(variable => variable.Text("name"), variable => FieldOf(variable.Text("valueFrom", "fieldRef", "fieldPath"), address, index));
        return [.. Container.Texts("args").Select(word => Reference().Replace(word, match => known[match.Groups[1].Value]))];
    }

    private static string FieldOf(string field, string address, int index) => field switch
    {
        "status.podIP" => address,
        "metadata.labels['apps.kubernetes.io/pod-index']" => index.ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{field}: no pod has that"),
    };

    [GeneratedRegex(@"\$\((\w+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
