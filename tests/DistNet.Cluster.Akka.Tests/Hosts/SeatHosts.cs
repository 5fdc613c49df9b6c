using DistNet.Cluster.Tests;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Three nodes that can be the coordinator's, two servers and two workers, each on a host of its own.</summary>
public sealed class SeatHosts : HostCluster
{
    public static readonly string[] Seats = ["coordinator-0", "coordinator-1", "coordinator-2"];

    private const string Taken = "the coordinator is here now";
    private const string Left = "the coordinator is not here any more";
    private const string IsMember = "is a member of the cluster";

    private static readonly HostPlan Plan = new(Seats, ["server-0", "server-1", "worker-0", "worker-1"], "server-0")
    {
        Control = new ControlOptions { Plane = ControlOptions.Akka, Failover = ControlOptions.Fast },
        Lanes = 2,
    };

    public SeatHosts()
        : base(Plan)
    {
    }

    /// <summary>The node that is the coordinator's now.</summary>
    public string Seat => Seats.Single(HasSeat);

    /// <summary>All nodes are members, those too that ended before.</summary>
    public async Task GatherAsync()
    {
        await Task.WhenAll(StartEnded().Select(node => node.LineAsync(IsMember)));
        await Task.WhenAll(Seats.Select(seat => Node(seat).LineAsync(IsMember)));
    }

    /// <summary>Ends when each of the nodes has said something that it is yet to say.</summary>
    public Task NextLines(string text, params string[] nodes) => Task.WhenAll(nodes.Select(Node).Select(node => node.LineAsync(text, node.Count)));

    /// <summary>Ends when the coordinator has come to another node than that one.</summary>
    public Task MovesFrom(string seat) => Task.WhenAny(Seats.Where(other => other != seat).Select(Node).Select(node => node.LineAsync(Taken, node.Count)));

    /// <summary>Ends when these nodes are members again.</summary>
    public Task ComeBack(params string[] seats) => NextLines(IsMember, seats);

    private bool HasSeat(string name) =>
        Node(name) is { HasExited: false } node && node.ToString() is var said && said.LastIndexOf(Taken, StringComparison.Ordinal) > said.LastIndexOf(Left, StringComparison.Ordinal);
}
