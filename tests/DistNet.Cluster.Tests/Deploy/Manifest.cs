using YamlDotNet.RepresentationModel;

namespace DistNet.Cluster.Tests;

/// <summary>A part of a Kubernetes description, reached by the names on the way to it.</summary>
internal sealed class Manifest(YamlNode node)
{
    public string Kind => Text("kind");

    public string Name => Text("metadata", "name");

    /// <summary>All that are described in a text.</summary>
    public static IReadOnlyList<Manifest> ReadAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Manifest(document.RootNode))];
    }

    /// <summary>What is there; empty where nothing is.</summary>
    public string Text(params string[] path) => Find(path) is YamlScalarNode { Value: { } value } ? value : "";

    public Manifest At(params string[] path) => new(Find(path) ?? new YamlMappingNode());

    public bool Has(params string[] path) => Find(path) is not null;

    public IReadOnlyList<Manifest> List(params string[] path) => Find(path) is YamlSequenceNode list ? [.. list.Select(item => new Manifest(item))] : [];

    public IReadOnlyList<string> Texts(params string[] path) => [.. List(path).Select(item => item.Text())];

    public IReadOnlyDictionary<string, string> Map(params string[] path) =>
        Find(path) is YamlMappingNode map ? map.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.ToString()) : [];

    /// <summary>Whether these labels are among those.</summary>
    public static bool Selects(IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Count > 0 && selector.All(label => labels.GetValueOrDefault(label.Key) == label.Value);

    private YamlNode? Find(IEnumerable<string> path) => path.Aggregate<string, YamlNode?>(
        node, (at, name) => at is YamlMappingNode map && map.Children.TryGetValue(name, out var next) ? next : null);
}
