using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Values that a well-formed message may still not have. Floating-point values are never refused: a loss may be NaN.</summary>
internal static class Valid
{
    /// <summary>A count, an index, a version: not negative.</summary>
    public static long Count(long value, string field) => value >= 0 ? value : throw Refused(value, field, "must not be negative");

    /// <inheritdoc cref="Count(long, string)"/>
    public static int Count(int value, string field) => value >= 0 ? value : throw Refused(value, field, "must not be negative");

    /// <summary>An index, or -1 for none.</summary>
    public static int IndexOrNone(int value, string field) => value >= -1 ? value : throw Refused(value, field, "must not be below -1");

    /// <summary>One of so many parts, of which there may be 16.</summary>
    public static int Part(int value, int parts, string field) =>
        parts is < 1 or > 16 ? throw Refused(parts, field + "s", "must be 1 to 16")
        : value >= 0 && value < parts ? value
        : throw Refused(value, field, $"must be one of {parts}");

    /// <summary>A node whose leaves have numbers.</summary>
    public static TreeNode Node(V1.TreeNode node, string field)
    {
        if (node.Level is < 0 or > 31)
        {
            throw Refused(node.Level, field + ".level", "must be 0 to 31");
        }

        return node.Index >= 0 && (node.Index + 1L) << node.Level <= int.MaxValue
            ? new TreeNode(node.Level, node.Index)
            : throw Refused(node.Index, field + ".index", $"must be that of a node with numbered leaves at level {node.Level}");
    }

    public static ActorId Actor(V1.ActorId actor, string field)
    {
        var role = Role(actor.Role, field);

        // Names are only put together for an error: this is looked at for every frame.
        return actor.Index >= 0 ? new ActorId(role, actor.Index) : throw Refused(actor.Index, field + ".index", "must not be negative");
    }

    public static Role Role(V1.Role role, string field) => role is >= V1.Role.Coordinator and <= V1.Role.Worker
        ? (Role)(role - V1.Role.Coordinator)
        : throw Refused((long)role, field + ".role", "is no role");

    public static ConnectionKind Kind(V1.ConnectionKind kind, string field) => kind is V1.ConnectionKind.Control or V1.ConnectionKind.Data
        ? (ConnectionKind)(kind - V1.ConnectionKind.Control)
        : throw Refused((long)kind, field, "is no kind of connection");

    private static WireException Refused(long value, string field, string why) => new($"{field} is {value}; it {why}.");
}
