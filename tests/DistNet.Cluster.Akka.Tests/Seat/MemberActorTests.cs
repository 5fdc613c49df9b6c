using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using DistNet.Cluster.Tests;
using DistNet.Protocol;
using AkkaKit = Akka.TestKit.Xunit2.TestKit;
using Role = DistNet.Protocol.Role;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Who speaks for a worker's node, on virtual time; the coordinator's seat is a probe.</summary>
public sealed class MemberActorTests : AkkaKit
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ToldListener _listener;
    private readonly IActorRef _member;
    private readonly TestProbe _seat;

    public MemberActorTests()
        : base(TestSystem.Config(VirtualScheduler.Configuration))
    {
        _listener = new ToldListener("member", _lines);
        var node = PlaneHost.Context(Role.Worker, new ClusterAddress("127.0.0.1", 7070), _folder.Path);
        _member = Sys.ActorOf(Props.Create(() => new MemberActor(node, new MemberIdentity(node.Hello), _listener, Ignore, static _ => Task.CompletedTask)));
        _seat = CreateTestProbe();
    }

    [Fact]
    public async Task A_coordinator_that_does_not_answer_any_more_is_lost()
    {
        Say(new Welcome(0, 1, 1));
        await _listener.SeenAsync("up coordinator");

        for (var second = 0; second < 14; second++)
        {
            PassASecond();
        }

        _lines.ShouldNotContain(line => line.Contains("down", StringComparison.Ordinal));
        Pass(TimeSpan.FromSeconds(1));
        await _listener.SeenAsync("down coordinator: it was silent for 15 s");
    }

    [Fact]
    public async Task One_that_answers_is_not()
    {
        Say(new Welcome(0, 1, 1));
        await _listener.SeenAsync("up coordinator");

        for (var second = 0; second < 20; second++)
        {
            PassASecond();
            Say(new Beat(second, IsAnswer: true));
        }

        _lines.ShouldNotContain(line => line.Contains("down", StringComparison.Ordinal));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private static void Ignore(FoundSeat? seat)
    {
    }

    /// <summary>Until the sign of life that is due is here.</summary>
    private void PassASecond()
    {
        Pass(TimeSpan.FromSeconds(1));
        _seat.FishForMessage(message => message is Mail { Envelope: Envelope<Beat> }, TimeSpan.FromSeconds(20));
    }

    private void Pass(TimeSpan time) => ((TestScheduler)Sys.Scheduler).Advance(time);

    private void Say<T>(in T message)
        where T : struct, IMessage => _member.Tell(Mail.Of(ActorId.Coordinator, 1, ActorId.Worker(0), message), _seat);
}
