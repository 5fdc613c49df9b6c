namespace DistNet.Cluster;

/// <summary>What a director knows of a node that is here.</summary>
internal sealed class MemberState(NodeLife node)
{
    public NodeLife Node => node;

    /// <summary>It has said what runs on it, so that it can be given more.</summary>
    public bool IsEnlisted { get; set; }

    /// <summary>The run that it cannot take part in, and why.</summary>
    public (string Run, string Reason)? Unfit { get; set; }

    /// <summary>The last step that its worker has reported; null: none.</summary>
    public long? Step { get; set; }
}

/// <summary>A node that took part in the run and is missed.</summary>
internal sealed record GoneNode(NodeLife Node, string Reason, TimeSpan At);

internal static class NodeText
{
    /// <summary>A node as people look for it: name, process, machine.</summary>
    public static string Of(NodeLife node) => $"{node.Name} (pid {node.Card.ProcessId}, {node.Card.Host})";
}
