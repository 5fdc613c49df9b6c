using Microsoft.Extensions.Logging;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Finds the cluster that a node is to join. A new one is formed by the first node of the list alone, and only when it has heard from most of the list
/// that there is none yet: a node that was cut off from the others and begins anew forms no second one.
/// </summary>
/// <param name="join">The list: nodes that can be the coordinator's; empty: this node alone is it.</param>
/// <param name="known">Other nodes that were in the cluster in this node's earlier lives.</param>
/// <param name="knocker">Asks them.</param>
/// <param name="log">Hears of it.</param>
internal sealed class ClusterFinder(IReadOnlyList<ClusterAddress> join, KnownDoors known, DoorKnocker knocker, ILogger log)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Addresses of actor systems to join through; this one's own alone: it forms a new cluster.</summary>
    /// <param name="own">Address of this node's actor system.</param>
    /// <param name="mayForm">Whether this node may form a cluster, if it is the first of the list.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="NodeRefusedException">A node of the list answers, but this one does not belong to it; or nobody could tell which is the first.</exception>
    public async Task<IReadOnlyList<string>> FindAsync(string own, bool mayForm, CancellationToken cancellationToken)
    {
        log.LooksForCluster(string.Join(", ", join.Concat(known.All).Distinct()));
        while (true)
        {
            // A node may have many names, so that it is asked whether it is this one.
            var first = await knocker.AskAsync(join.Take(1), cancellationToken).ConfigureAwait(false);
            var others = await knocker.AskAsync(join.Skip(1), cancellationToken).ConfigureAwait(false);
            AkkaDoor[] listed = [.. first.Doors, .. others.Doors];
            AkkaDoor[] all = [.. listed, .. (await knocker.AskAsync(known.All, cancellationToken).ConfigureAwait(false)).Doors];
            var members = all.Where(door => door.IsMember && door.Address != own).Select(door => door.Address).Distinct().ToArray();
            if (members.Length > 0)
            {
                return members;
            }

            if ((first.Refusal ?? others.Refusal) is { } refusal)
            {
                throw new NodeRefusedException($"the cluster does not admit this node: {refusal}");
            }

            if (mayForm && first.Doors.Count > 1)
            {
                throw new NodeRefusedException($"--join: {join[0]} leads to several nodes, and none of them is the first; name those that can be the coordinator's one by one");
            }

            var isFirst = join.Count == 0 || first.Doors.Any(door => door.Address == own);
            if (mayForm && isFirst && 2 * (1 + listed.Count(door => door.Address != own)) > join.Count)
            {
                return [own];
            }

            await Task.Delay(AskEvery, cancellationToken).ConfigureAwait(false);
        }
    }
}
