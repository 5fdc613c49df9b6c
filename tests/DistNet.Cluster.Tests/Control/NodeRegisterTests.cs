using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

public sealed class NodeRegisterTests
{
    private static readonly NodeCard Card = new("127.0.0.1:1", "here", 7, "probe");
    private static readonly NodeCard OtherCard = new("127.0.0.1:2", "there", 8, "probe");

    private readonly NodeRegister _register = new("probe", WireProtocol.Version, new LifeNumbers(new SettableTime()));

    [Fact]
    public void Nodes_get_the_free_numbers_of_their_role_and_lives_that_differ()
    {
        var nodes = new[] { Admit(Role.Worker), Admit(Role.Worker), Admit(Role.Server), Admit(Role.Worker) };

        nodes.Select(node => node.Name.ToString()).ShouldBe(["worker-0", "worker-1", "server-0", "worker-2"]);
        nodes.Select(node => node.Life).ShouldBeUnique();
        _register.Here.ShouldBe(nodes, ignoreOrder: true);
    }

    [Fact]
    public void A_number_that_is_free_again_is_given_again_in_a_higher_life()
    {
        var first = Admit(Role.Worker);
        Admit(Role.Worker);

        _register.Remove(first.Name, first.Life).ShouldBeTrue();
        var next = Admit(Role.Worker);

        next.Name.ShouldBe(first.Name);
        next.Life.ShouldBeGreaterThan(first.Life);
    }

    [Fact]
    public void A_node_that_lost_the_coordinator_keeps_name_and_life()
    {
        var register = new NodeRegister("probe", WireProtocol.Version, new LifeNumbers(new SettableTime()));

        var (node, replaced) = register.Admit(HelloOf(Role.Worker, 3, life: 17));

        (node.Name, node.Life, replaced).ShouldBe((ActorId.Worker(3), 17, null));
    }

    [Fact]
    public void New_lives_are_higher_than_those_that_others_brought_along()
    {
        var far = new SettableTime().Now.ToUnixTimeMilliseconds() + 1_000_000;
        _register.Admit(HelloOf(Role.Worker, 3, far));

        Admit(Role.Worker).Life.ShouldBeGreaterThan(far);
    }

    [Fact]
    public void A_new_process_takes_over_the_name_it_asks_for()
    {
        var before = Admit(Role.Server, index: 1);

        var (node, replaced) = _register.Admit(HelloOf(Role.Server, 1, 0, OtherCard));

        replaced.ShouldBe(before);
        node.Name.ShouldBe(before.Name);
        node.Life.ShouldBeGreaterThan(before.Life);
        _register.Here.ShouldHaveSingleItem().Card.ShouldBe(OtherCard);
    }

    [Fact]
    public void The_same_process_on_a_new_connection_begins_a_new_life()
    {
        var before = Admit(Role.Worker, index: 0);

        var (node, replaced) = _register.Admit(HelloOf(Role.Worker, 0, before.Life));

        replaced.ShouldBe(before);
        node.Name.ShouldBe(before.Name);
        node.Life.ShouldBeGreaterThan(before.Life);
    }

    [Fact]
    public void A_life_that_is_over_does_not_come_back()
    {
        var before = Admit(Role.Worker, index: 0);
        _register.Remove(before.Name, before.Life);

        var (node, _) = _register.Admit(HelloOf(Role.Worker, 0, before.Life));

        node.Name.ShouldBe(before.Name);
        node.Life.ShouldBeGreaterThan(before.Life);
        _register.IsHere(before.Name, before.Life).ShouldBeFalse();
    }

    [Fact]
    public void A_ghost_whose_name_has_a_newer_life_gets_another_name()
    {
        var ghost = Admit(Role.Worker, index: 0);
        _register.Remove(ghost.Name, ghost.Life);
        var heir = Admit(Role.Worker, index: 0);

        var (node, replaced) = _register.Admit(HelloOf(Role.Worker, 0, ghost.Life));

        replaced.ShouldBeNull();
        node.Name.ShouldBe(ActorId.Worker(1));
        _register.IsHere(heir.Name, heir.Life).ShouldBeTrue();
    }

    [Fact]
    public void What_an_earlier_life_is_said_to_do_moves_nobody()
    {
        var ghost = Admit(Role.Worker, index: 0);
        var heir = Admit(Role.Worker, index: 0);

        _register.Remove(ghost.Name, ghost.Life).ShouldBeFalse();

        _register.Find(heir.Name).ShouldBe(heir);
    }

    [Fact]
    public void Another_version_another_arithmetic_and_other_roles_are_refused_with_the_reason()
    {
        Refusal(HelloOf(Role.Worker) with { Protocol = 99 }).ShouldContain("version 99 of the protocol");
        Refusal(HelloOf(Role.Worker, card: Card with { Probe = "other" })).ShouldContain("arithmetic differs");
        Refusal(HelloOf(Role.Coordinator)).ShouldBe("a coordinator does not join");
        Refusal(HelloOf(Role.Sequencer)).ShouldBe("a sequencer does not join");
        _register.ReasonToRefuse(HelloOf(Role.Server)).ShouldBeNull();
    }

    [Fact]
    public void Mixed_arithmetic_is_admitted_where_that_was_asked_for()
    {
        var register = new NodeRegister(null, WireProtocol.Version, new LifeNumbers(new SettableTime()));

        register.ReasonToRefuse(HelloOf(Role.Worker, card: Card with { Probe = "other" })).ShouldBeNull();
    }

    private static Hello HelloOf(Role role, int index = -1, long life = 0, NodeCard? card = null) =>
        new(WireProtocol.Version, ConnectionKind.Control, "token", role, index, life, card ?? Card);

    private string Refusal(in Hello hello) => _register.ReasonToRefuse(hello).ShouldNotBeNull();

    private NodeLife Admit(Role role, int index = -1) => _register.Admit(HelloOf(role, index)).Node;
}
