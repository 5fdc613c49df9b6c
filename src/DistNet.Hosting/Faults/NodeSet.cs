using System.Globalization;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Nodes by their names: coordinator, server-0, worker-*, * for all. Equal when written alike.</summary>
public sealed record NodeSet
{
    private const string Any = "*";

    private readonly string _text;

    private NodeSet(IReadOnlyList<string> patterns)
    {
        Patterns = patterns;
        _text = string.Join(", ", patterns);
    }

    public static NodeSet All { get; } = new([Any]);

    public IReadOnlyList<string> Patterns { get; }

    public static NodeSet Of(params IEnumerable<ActorId> nodes) => new([.. nodes.Select(node => node.ToString())]);

    /// <summary>The set of those names and patterns, and the ones among them that are no name of a node.</summary>
    public static (NodeSet Nodes, IReadOnlyList<string> Wrong) Parse(IReadOnlyList<string> patterns) =>
        (new NodeSet(patterns), [.. patterns.Where(pattern => !IsPattern(pattern))]);

    /// <summary>Whether a node is in it. The sequencer is where the coordinator is.</summary>
    public bool Contains(ActorId node) => Patterns.Any(pattern => Matches(pattern, node.Role == Role.Sequencer ? ActorId.Coordinator : node));

    /// <summary>Names and patterns in it that no node of a cluster has.</summary>
    public IEnumerable<string> Unknown(IReadOnlyCollection<ActorId> nodes) => Patterns.Where(pattern => !nodes.Any(node => Matches(pattern, node)));

    public bool Equals(NodeSet? other) => other?._text == _text;

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    private static bool Matches(string pattern, ActorId node) =>
        pattern == Any || pattern == node.ToString() || pattern == $"{node.Role.ToString().ToLowerInvariant()}-{Any}";

    private static bool IsPattern(string text) =>
        text is Any or "coordinator" || (text.Split('-') is ["worker" or "server", var index]
            && (index == Any || (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && index == number.ToString(CultureInfo.InvariantCulture))));
}
