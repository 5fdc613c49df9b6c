using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>Puts a status together from what a director knows.</summary>
internal sealed class StatusWriter(IControlPlane control, NodeLife self, string? last, TimeSpan now)
{
    public ClusterStatus Write(DirectedRun? run, Postings? postings, IReadOnlyCollection<MemberState> members, IReadOnlyCollection<GoneNode> gone)
    {
        postings = run is null ? null : postings;
        return new ClusterStatus(self.Card.Address, run is null ? null : RunOf(run, postings!, gone), last,
        [
            NodeOf(self, run is null ? "idle" : "coordinating", run is null ? [] : ["coordinator"], null, "", null),
            .. members.OrderBy(member => member.Node.Name.Role).ThenBy(member => member.Node.Name.Index).Select(member => NodeOf(member, run, postings)),
            .. gone.Where(_ => run is not null).Select(node => NodeOf(node.Node, "lost", [], null, "", node.Reason) with { LastHeardSeconds = (now - node.At).TotalSeconds }),
        ]);
    }

    private RunStatus RunOf(DirectedRun run, Postings postings, IReadOnlyCollection<GoneNode> gone)
    {
        var step = run.Feed.LastStep;
        var plan = run.Hosted.Plan;
        return new RunStatus(
            run.Order.Run,
            step?.Version ?? 0,
            step?.TotalVersions ?? plan.TotalVersions(default),
            step?.SamplesApplied ?? 0,
            step?.Loss,
            plan.Lanes,
            plan.Map.Partitions.Length,
            run.Elapsed.TotalSeconds,
            (Missing(postings, gone) ?? run.WaitsFor) is { } whom ? ShortText.Of(whom) : null);
    }

    /// <summary>Actors without which the run stands still, by the names of those who had them.</summary>
    private string? Missing(Postings postings, IReadOnlyCollection<GoneNode> gone)
    {
        var missing = postings.Missing.Select(server => TextOf(server, postings, gone)).ToList();
        missing.AddRange(postings.All.Where(post => !post.IsReady && post.Actor.Role == Role.Server).Select(post => $"{NodeText.Of(post.Node)} to start {post.Actor}"));
        if (!postings.All.Any(post => post.Actor.Role == Role.Worker && post.IsReady))
        {
            missing.Add("a worker");
        }

        return missing.Count == 0 ? null : string.Join(", ", missing);
    }

    private string TextOf(ActorId server, Postings postings, IReadOnlyCollection<GoneNode> gone) => gone.FirstOrDefault(node => node.Node.Name == server) is { } lost
        ? FormattableString.Invariant($"{NodeText.Of(lost.Node)}, last heard {(now - lost.At).TotalSeconds:F1} s ago")
        : postings.LostFor(server, now) is { } since ? FormattableString.Invariant($"{server}, lost {since.TotalSeconds:F1} s ago") : $"a node for {server}";

    private NodeStatus NodeOf(MemberState member, DirectedRun? run, Postings? postings)
    {
        var posts = postings?.On(member.Node.Name) ?? [];
        var unfit = run is not null && member.Unfit?.Run == run.Order.Run ? member.Unfit?.Reason : null;
        var lanes = run is null ? "" : LanesOf(member.Node.Name, run.Hosted.Plan.Lanes, postings!);
        var state = unfit is not null ? "unfit"
            : !member.IsEnlisted ? "joining"
            : posts.Count == 0 ? "idle"
            : posts.Any(post => !post.IsReady) ? "starting"
            : member.Node.Name.Role == Role.Server ? "serving" : lanes.Length == 0 ? "spare" : "computing";
        return NodeOf(member.Node, state, [.. posts.Select(post => post.Actor.ToString())], member.Step, lanes, unfit);
    }

    /// <summary>As the coordinator actor places them: over all workers, in the order of their numbers.</summary>
    private static string LanesOf(ActorId node, int lanes, Postings postings)
    {
        var workers = postings.All.Where(post => post.IsReady && post.Actor.Role == Role.Worker).OrderBy(post => post.Actor.Index);
        var placement = new Placement(0, 0, [.. workers.Select(post => new WorkerLife(post.Actor.Index, post.Incarnation))]);
        var range = node.Role == Role.Worker ? placement.LanesOf(node.Index, lanes) : default;
        return LaneText.Of(range.First, range.End);
    }

    private NodeStatus NodeOf(NodeLife node, string state, IReadOnlyList<string> actors, long? step, string lanes, string? reason) => new(
        node.Name.ToString(),
        node.Card.ProcessId,
        node.Card.Host,
        node.Card.Address,
        state,
        actors,
        step,
        lanes,
        control.SinceHeard(node.Name)?.TotalSeconds ?? 0,
        reason is null ? null : ShortText.Of(reason));
}
