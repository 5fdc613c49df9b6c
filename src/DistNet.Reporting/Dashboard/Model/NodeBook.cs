using DistNet.Cluster;

namespace DistNet.Reporting;

/// <summary>The nodes of a cluster and what has become of them: who was lost stays marked when it is back. Not for several threads.</summary>
internal sealed class NodeBook
{
    /// <summary>A loss is seen for so long even if another process takes the node's place at once.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromSeconds(4);

    /// <summary>Nodes beyond are not kept.</summary>
    private const int Most = 1024;

    private readonly SortedDictionary<string, Entry> _entries = new(NodeOrder.Instance);

    /// <summary>Takes the state of the cluster; true when somebody came, went or changed what it does.</summary>
    public bool Take(IReadOnlyList<NodeStatus> nodes, DateTimeOffset now)
    {
        var isNews = false;
        foreach (var node in nodes)
        {
            if (!_entries.TryGetValue(node.Name, out var entry) && _entries.Count < Most)
            {
                _entries[node.Name] = entry = new Entry(node);
                isNews = true;
            }

            isNews |= entry?.Take(node, now) == true;
        }

        foreach (var (name, entry) in _entries)
        {
            isNews |= nodes.All(node => node.Name != name) && entry.Miss();
        }

        return isNews;
    }

    /// <summary>A new run: what became of nodes before does not matter any more.</summary>
    public void Clear() => _entries.Clear();

    public IReadOnlyList<NodeView> View(DateTimeOffset now) => [.. _entries.Values.Select(entry => entry.View(now))];

    private sealed class Entry(NodeStatus node)
    {
        private NodeStatus _node = node;
        private int _losses;
        private DateTimeOffset _lostAt = DateTimeOffset.MinValue;
        private string? _reason;

        public bool Take(NodeStatus node, DateTimeOffset now)
        {
            var (before, isLost) = (_node, node.State == NodeView.Lost);
            _node = node;
            if ((isLost && before.State != NodeView.Lost) || (before.ProcessId != node.ProcessId && before.State is not (NodeView.Lost or NodeView.Gone)))
            {
                _losses++;
                _lostAt = now;
                _reason = node.Reason;
            }

            return before.State != node.State || before.ProcessId != node.ProcessId;
        }

        /// <summary>It is neither here nor missed.</summary>
        public bool Miss()
        {
            var isNews = _node.State != NodeView.Gone;
            _node = _node with { State = NodeView.Gone, Step = null, Lanes = "" };
            return isNews;
        }

        public NodeView View(DateTimeOffset now) => new(_node, _losses, _lostAt, _reason)
        {
            IsLost = _node.State == NodeView.Lost || (_losses > 0 && now - _lostAt < Shown),
        };
    }

    /// <summary>By role, then by number.</summary>
    private sealed class NodeOrder : IComparer<string>
    {
        public static readonly NodeOrder Instance = new();

        public int Compare(string? x, string? y) => KeyOf(x!).CompareTo(KeyOf(y!));

        private static (string Role, int Length, string Name) KeyOf(string name) => (name.Split('-')[0], name.Length, name);
    }
}

/// <summary>One node.</summary>
/// <param name="Node">As its coordinator sees it.</param>
/// <param name="Losses">How often it was lost in this run.</param>
/// <param name="LostAt">When it was lost last.</param>
/// <param name="Reason">Why, as far as it is known.</param>
internal sealed record NodeView(NodeStatus Node, int Losses, DateTimeOffset LostAt, string? Reason)
{
    /// <summary>The state of a node that took part and is missed.</summary>
    public const string Lost = "lost";

    /// <summary>The state of a node that has left.</summary>
    public const string Gone = "gone";

    /// <summary>It is lost, or was a moment ago.</summary>
    public bool IsLost { get; init; }
}
