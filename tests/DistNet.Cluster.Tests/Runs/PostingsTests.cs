using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

public sealed class PostingsTests
{
    private static readonly TimeSpan ReplaceAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(9.9);

    private readonly Postings _postings = new(servers: 2, ReplaceAfter);
    private long _life = 100;

    [Fact]
    public void Servers_go_to_the_nodes_of_their_number_and_workers_to_every_workers_node()
    {
        var nodes = new[] { Node(Role.Worker, 4), Node(Role.Server, 1), Node(Role.Server, 0), Node(Role.Worker, 0) };

        var added = Fill(TimeSpan.Zero, nodes);

        added.ShouldAllBe(post => post.Actor == post.Node.Name && !post.IsReady);
        added.Select(post => post.Actor).ShouldBe(nodes.Select(node => node.Name), ignoreOrder: true);
        added.Select(post => post.Incarnation).ShouldBeUnique();
        _postings.Missing.ShouldBeEmpty();
        Fill(TimeSpan.Zero, nodes).ShouldBeEmpty("everything has its place");
    }

    [Fact]
    public void At_first_a_servers_node_that_is_not_there_is_not_waited_for()
    {
        Fill(TimeSpan.Zero, Node(Role.Server, 0));

        _postings.On(ActorId.Server(0)).Select(post => post.Actor).ShouldBe([ActorId.Server(0), ActorId.Server(1)]);
    }

    [Fact]
    public void Without_servers_nodes_the_partitions_are_missing()
    {
        Fill(TimeSpan.Zero, Node(Role.Worker, 0));

        _postings.Missing.ShouldBe([ActorId.Server(0), ActorId.Server(1)]);
    }

    [Fact]
    public void A_lost_servers_node_is_waited_for_and_takes_its_partition_back()
    {
        var (first, second) = (Node(Role.Server, 0), Node(Role.Server, 1));
        Fill(TimeSpan.Zero, first, second);

        _postings.OnDown(first, left: false, TimeSpan.Zero).ShouldBeTrue();

        Fill(Soon, second).ShouldBeEmpty();
        _postings.LostFor(ActorId.Server(0), Soon).ShouldBe(Soon);
        var back = Node(Role.Server, 0);
        var post = Fill(Soon, second, back).ShouldHaveSingleItem();
        (post.Actor, post.Node).ShouldBe((ActorId.Server(0), back));
        _postings.LostFor(ActorId.Server(0), Soon).ShouldBeNull();
    }

    [Fact]
    public void One_that_does_not_come_in_time_is_replaced()
    {
        var (first, second) = (Node(Role.Server, 0), Node(Role.Server, 1));
        Fill(TimeSpan.Zero, first, second);
        _postings.OnDown(first, left: false, TimeSpan.Zero);

        var post = Fill(ReplaceAfter, second).ShouldHaveSingleItem();

        (post.Actor, post.Node).ShouldBe((ActorId.Server(0), second));
        Fill(ReplaceAfter, second, Node(Role.Server, 0)).ShouldBeEmpty("it has moved for good");
    }

    [Fact]
    public void One_that_left_in_good_order_is_replaced_at_once_by_the_node_with_the_fewest()
    {
        var (first, second, third) = (Node(Role.Server, 0), Node(Role.Server, 1), Node(Role.Server, 2));
        Fill(TimeSpan.Zero, first, second, third);

        _postings.OnDown(first, left: true, TimeSpan.Zero);

        var post = Fill(TimeSpan.Zero, second, third).ShouldHaveSingleItem();
        (post.Actor, post.Node).ShouldBe((ActorId.Server(0), third));
    }

    [Fact]
    public void A_coordinator_that_goes_on_waits_for_the_servers_it_does_not_know_yet()
    {
        _postings.Recover(TimeSpan.Zero);
        var other = Node(Role.Server, 5);

        Fill(Soon, other).ShouldBeEmpty();
        Fill(ReplaceAfter, other).Count.ShouldBe(2);
    }

    [Fact]
    public void What_runs_already_is_adopted_and_not_begun_again()
    {
        var node = Node(Role.Server, 0);
        _postings.Recover(TimeSpan.Zero);

        _postings.Adopt(new Posting(ActorId.Server(0), 50), node).ShouldBeTrue();

        _postings.Find(ActorId.Server(0)).ShouldBe(new Post(ActorId.Server(0), 50, node, IsReady: true));
        Fill(Soon, node).ShouldBeEmpty();
        _postings.Missing.ShouldBe([ActorId.Server(1)]);
    }

    [Fact]
    public void An_actor_that_runs_or_is_to_run_elsewhere_in_a_newer_life_is_not_adopted()
    {
        var (first, second) = (Node(Role.Server, 0), Node(Role.Server, 1));
        Fill(TimeSpan.Zero, first, second);
        var inForce = _postings.Find(ActorId.Server(0)).ShouldNotBeNull();

        _postings.Adopt(new Posting(ActorId.Server(0), inForce.Incarnation - 1), second).ShouldBeFalse();
        _postings.Adopt(inForce.Posting, second).ShouldBeFalse("no life has two places");

        _postings.Find(ActorId.Server(0)).ShouldBe(inForce);
        _postings.Adopt(new Posting(ActorId.Server(0), inForce.Incarnation + 1), second).ShouldBeTrue();
        _postings.Find(ActorId.Server(0))!.Node.ShouldBe(second);
    }

    [Fact]
    public void Ready_counts_once_from_the_node_and_life_that_were_asked()
    {
        var (first, second) = (Node(Role.Server, 0), Node(Role.Server, 1));
        Fill(TimeSpan.Zero, first, second);
        var posting = _postings.Find(ActorId.Server(0))!.Posting;

        _postings.OnReady(posting, second).ShouldBeFalse();
        _postings.OnReady(posting with { Incarnation = 1 }, first).ShouldBeFalse();
        _postings.OnReady(posting, first).ShouldBeTrue();
        _postings.OnReady(posting, first).ShouldBeFalse();

        _postings.Find(ActorId.Server(0))!.IsReady.ShouldBeTrue();
    }

    [Fact]
    public void The_end_of_another_life_of_the_node_takes_nothing()
    {
        var node = Node(Role.Server, 0);
        Fill(TimeSpan.Zero, node);

        _postings.OnDown(node with { Life = node.Life - 1 }, left: false, TimeSpan.Zero).ShouldBeFalse();

        _postings.Missing.ShouldBeEmpty();
    }

    private IReadOnlyList<Post> Fill(TimeSpan now, params NodeLife[] nodes) => _postings.Fill(nodes, now, () => ++_life);

    private NodeLife Node(Role role, int index) => new(new ActorId(role, index), ++_life, new NodeCard("127.0.0.1:1", "here", 1, "probe"));
}
