using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.TestKit;
using Akka.Util;
using DistNet.Cluster.Tests;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using AkkaAddress = Akka.Actor.Address;
using AkkaCluster = Akka.Cluster.Cluster;
using AkkaKit = Akka.TestKit.Xunit2.TestKit;
using Role = DistNet.Protocol.Role;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>The coordinator's seat on virtual time; those that speak for nodes are probes.</summary>
public sealed class SeatActorTests : AkkaKit
{
    private const string LooksAround = "looks around";

    private static readonly Hello Right = new(WireProtocol.Version, ConnectionKind.Control, "a secret", Role.Worker, 1, 0, new NodeCard("127.0.0.1:1", "here", 1, ArithmeticProbe.Hash()));

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ToldListener _listener;
    private readonly Props _props;
    private readonly IActorRef _seat;

    public SeatActorTests()
        : base(TestSystem.Config(VirtualScheduler.Configuration + "\nakka.cluster.roles = [coordinator]"))
    {
        _listener = new ToldListener("seat", _lines);
        var node = PlaneHost.Context(Role.Coordinator, new ClusterAddress("127.0.0.1", 7070), _folder.Path);
        var members = new SeatMembers(node.NewRegister(), new SchedulerTime(Sys.Scheduler));
        _props = Props.Create(() => new SeatActor(node, _listener, members, new RunTeller(), new KnownDoors(_folder.Path), Ignore, LookAroundAsync));
        _seat = Sys.ActorOf(_props);
    }

    [Fact]
    public async Task A_node_is_welcome_and_has_the_same_answer_when_it_asks_again()
    {
        var node = CreateTestProbe();

        var (first, again) = (Ask<Welcome>(node, Right), Ask<Welcome>(node, Right));

        again.ShouldBe(first);
        first.Index.ShouldBe(1);
        await _listener.SeenAsync("up worker-1");
        _listener.Ups.Count.ShouldBe(1);
    }

    [Fact]
    public void One_that_comes_back_from_an_earlier_life_has_the_same_answer_too()
    {
        var (holder, node) = (CreateTestProbe(), CreateTestProbe());
        var life = Ask<Welcome>(holder, Right).Life;

        var (first, again) = (Ask<Welcome>(node, Right with { Life = life - 1 }), Ask<Welcome>(node, Right with { Life = life - 1 }));

        again.ShouldBe(first);
        first.Index.ShouldBe(0);
    }

    /// <summary>A coordinator that has just come to its place knows of no life, and lets those that are there go on.</summary>
    [Theory]
    [InlineData(7, true)]
    [InlineData(0, false)]
    public void A_life_goes_on_where_the_node_speaks_in_it_and_a_new_incarnation_gets_another(long spokenIn, bool goesOn)
    {
        var node = CreateTestProbe();

        _seat.Tell(Mail.Of(default, spokenIn, ActorId.Coordinator, Right with { Life = 7 }), node);
        var welcome = ((Envelope<Welcome>)node.ExpectMsg<Mail>(TimeSpan.FromSeconds(20)).Envelope).Message;

        welcome.Index.ShouldBe(Right.Index);
        (welcome.Life == 7).ShouldBe(goesOn);
    }

    [Fact]
    public void Whoever_has_not_the_token_ends_nobodys_life()
    {
        var node = CreateTestProbe();
        var life = Ask<Welcome>(node, Right).Life;

        Ask<Refused>(CreateTestProbe(), Right with { Token = "a guess", Life = life });

        Ask<Beat>(node, new Beat(1, IsAnswer: false));
    }

    [Fact]
    public void A_node_without_the_token_or_with_other_arithmetic_is_refused()
    {
        Ask<Refused>(CreateTestProbe(), Right with { Token = "a guess" }).Reason.ShouldContain("token");
        Ask<Refused>(CreateTestProbe(), Right with { Card = Right.Card with { Probe = "another" } }).Reason.ShouldContain("arithmetic");
        _listener.Ups.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_is_not_known_is_told_so() => Ask<Expelled>(CreateTestProbe(), new Beat(1, IsAnswer: false)).Reason.ShouldContain("does not know this life");

    [Fact]
    public void A_beat_is_answered()
    {
        var node = CreateTestProbe();
        Ask<Welcome>(node, Right);

        Ask<Beat>(node, new Beat(7, IsAnswer: false)).ShouldBe(new Beat(7, IsAnswer: true));
    }

    [Fact]
    public async Task A_node_that_begins_anew_takes_the_place_of_its_earlier_self()
    {
        var (before, after) = (CreateTestProbe(), CreateTestProbe());
        var life = Ask<Welcome>(before, Right).Life;

        Ask<Welcome>(after, Right).Life.ShouldBeGreaterThan(life);

        await _listener.SeenAsync("down worker-1: another process took its place");
        await _listener.SeenAsync("up worker-1", times: 2);
        Ask<Expelled>(before, new Beat(1, IsAnswer: false));
    }

    [Fact]
    public async Task A_node_that_leaves_or_ends_is_down()
    {
        var (leaver, mortal) = (CreateTestProbe(), CreateTestProbe());
        Ask<Welcome>(leaver, Right);
        Ask<Welcome>(mortal, Right with { Index = 2 });

        _seat.Tell(Mail.Of(default, 0, ActorId.Coordinator, default(Leave)), leaver);
        Sys.Stop(mortal);

        await _listener.SeenAsync("down worker-1, left");
        await _listener.SeenAsync("down worker-2: its node is no member");
    }

    /// <summary>What Akka thinks is passed on; a node that is heard again says hello again.</summary>
    [Fact]
    public async Task A_node_that_the_failure_detector_does_not_hear_is_down()
    {
        var node = CreateTestProbe();
        Ask<Welcome>(node, Right);

        _seat.Tell(new ClusterEvent.UnreachableMember(MemberAt(node.Ref.Path.Address)));

        await _listener.SeenAsync("down worker-1: the failure detector does not hear it");
    }

    /// <summary>Its node may be in another cluster by now, where Akka thinks well of it.</summary>
    [Fact]
    public async Task A_node_that_is_silent_is_down_and_one_that_speaks_is_not()
    {
        var (silent, speaker) = (CreateTestProbe(), CreateTestProbe());
        Ask<Welcome>(silent, Right);
        Ask<Welcome>(speaker, Right with { Index = 2 });

        for (var second = 0; second < 17; second++)
        {
            Pass(TimeSpan.FromSeconds(1));
            Ask<Beat>(speaker, new Beat(second, IsAnswer: false));
        }

        await _listener.SeenAsync("down worker-1: it was silent for 15 s");
        _lines.ShouldNotContain(line => line.Contains("down worker-2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_process_that_was_stopped_itself_calls_nobody_silent()
    {
        var node = CreateTestProbe();
        Ask<Welcome>(node, Right);

        Pass(TimeSpan.FromMinutes(1));
        Ask<Beat>(node, new Beat(1, IsAnswer: false));
        Pass(TimeSpan.FromSeconds(1));

        Ask<Beat>(node, new Beat(2, IsAnswer: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_seat_without_servers_looks_for_them_elsewhere(bool hasServers)
    {
        _listener.HasServers = hasServers;
        var node = CreateTestProbe();
        Ask<Welcome>(node, Right);

        for (var second = 0; second < 11; second++)
        {
            Pass(TimeSpan.FromSeconds(1));
            Ask<Beat>(node, new Beat(second, IsAnswer: false));
        }

        if (hasServers)
        {
            _lines.ShouldNotContain(LooksAround);
        }
        else
        {
            await Eventually.TrueAsync(() => _lines.Contains(LooksAround), TimeSpan.FromSeconds(30), LooksAround);
        }
    }

    [Fact]
    public async Task A_node_where_the_coordinator_cannot_begin_fails()
    {
        _listener.CannotBegin = new IOException("no disk");

        Sys.ActorOf(_props);

        await _listener.SeenAsync("failed: no disk");
    }

    [Fact]
    public async Task The_seat_is_left_when_what_ran_for_it_has_ended()
    {
        var ended = new TaskCompletionSource();
        _listener.Ended = ended.Task;
        Watch(_seat);

        _seat.Tell(SeatActor.StandDown.Instance);
        await _listener.SeenAsync("stands down");
        Ask<Expelled>(CreateTestProbe(), new Beat(1, IsAnswer: false));
        ended.SetResult();

        ExpectTerminated(_seat);
        _lines.Count(line => line == "seat stands down").ShouldBe(1);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private Task LookAroundAsync(AkkaCluster cluster)
    {
        _lines.Enqueue(LooksAround);
        return Task.CompletedTask;
    }

    private static void Ignore(IActorRef? seat)
    {
    }

    /// <summary>Akka makes members of nodes that join, and lets nobody else make any.</summary>
    private static Member MemberAt(AkkaAddress address) => (Member)typeof(Member)
        .GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static, [typeof(UniqueAddress), typeof(ImmutableHashSet<string>), typeof(AppVersion)])!
        .Invoke(null, [new UniqueAddress(address, 1), ImmutableHashSet.Create("worker"), AppVersion.Zero])!;

    private void Pass(TimeSpan time) => ((TestScheduler)Sys.Scheduler).Advance(time);

    private T Ask<T>(TestProbe node, in Hello hello)
        where T : struct, IMessage => Ask<T, Hello>(node, hello);

    private T Ask<T>(TestProbe node, in Beat beat)
        where T : struct, IMessage => Ask<T, Beat>(node, beat);

    private T Ask<T, TAsked>(TestProbe node, in TAsked asked)
        where T : struct, IMessage
        where TAsked : struct, IMessage
    {
        _seat.Tell(Mail.Of(default, 0, ActorId.Coordinator, asked), node);
        return ((Envelope<T>)node.ExpectMsg<Mail>(mail => mail.Envelope is Envelope<T>, TimeSpan.FromSeconds(20)).Envelope).Message;
    }
}
