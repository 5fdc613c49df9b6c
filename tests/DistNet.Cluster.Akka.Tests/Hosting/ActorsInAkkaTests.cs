using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Each of our actors in an Akka actor, on virtual time.</summary>
public sealed class ActorsInAkkaTests : HostingKit
{
    private static readonly RunPlan Plan = ActorNetwork.Plan with { GiveUpAfter = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task The_coordinator_says_whom_it_waits_for_and_gives_up_by_the_schedulers_clock()
    {
        var coordinator = Host((ActorId.Coordinator, new CoordinatorActor(Plan)), (ActorId.Sequencer, new SequencerActor(Plan))).Started();
        await AdvanceToAsync(2);
        await Eventually.TrueAsync(() => Waits(coordinator) == 1, Deadline, "the first notice");
        await AdvanceToAsync(4);
        await Eventually.TrueAsync(() => Waits(coordinator) == 2, Deadline, "the second notice");
        await AdvanceToAsync(5);
        await Eventually.TrueAsync(() => coordinator.Observed.OfType<RunFailed>().Any(), Deadline, "the end");

        coordinator.Observed.OfType<Waiting>().Select(waiting => waiting.Since.TotalSeconds).ShouldBe([2, 4]);
        coordinator.Observed.OfType<RunFailed>().ShouldHaveSingleItem().Reason.ShouldContain("for 5 s");
        coordinator.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Worker)]
    public async Task A_server_and_a_worker_join_when_they_hear_of_the_coordinator(Role role)
    {
        using var pool = new TensorPool();
        var id = new ActorId(role, 0);
        var hosted = Host((id, role == Role.Server ? new ParameterServerActor(0, Plan, pool) : new WorkerActor(0, Plan, pool))).Started();
        hosted.Sent.ShouldBeEmpty();

        hosted.Life.PeerUp(ActorId.Coordinator, 1);

        await Eventually.TrueAsync(() => !hosted.Sent.IsEmpty, Deadline, "the message");
        hosted.Sent.ShouldHaveSingleItem().ShouldBeOfType<Join>().Incarnation.ShouldBe(5);
        hosted.Failures.ShouldBeEmpty();
    }

    /// <summary>Whether time passes or stands still, no bit depends on it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_whole_run_ends_at_the_hash_of_one_process(bool isVirtual)
    {
        var data = DrawnData.Of(ActorNetwork.Rows, ActorNetwork.Features);
        var expected = InProcessRun.Of(ActorNetwork.Plan, data, workers: 1, threads: 1).WeightsSha256.ShouldNotBeNull();
        using var system = isVirtual ? null : global::Akka.Actor.ActorSystem.Create("run", AkkaRunner.Configuration);
        using var network = new ActorNetwork(isVirtual ? Runner : new AkkaRunner(() => system!), data, workers: 2);

        (await network.Hash.WaitAsync(Deadline)).ShouldBe(expected);
        network.Dispose();
        network.TensorsOutstanding.ShouldBe(0);
        network.Failures.ShouldBeEmpty();
    }

    private static int Waits(Hosted coordinator) => coordinator.Observed.OfType<Waiting>().Count();

    private async Task AdvanceToAsync(int second)
    {
        var then = TimeSpan.FromSeconds(second);
        await Eventually.TrueAsync(() => Time.HasScheduled(then), Deadline, $"a timer for second {second}");
        Time.Advance(then - Time.Elapsed);
    }
}
