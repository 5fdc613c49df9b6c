using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>What an Akka actor owes the actor of ours in it.</summary>
public sealed class AkkaRunnerTests : HostingKit
{
    private readonly ConcurrentQueue<string> _heard = [];

    [Fact]
    public async Task Mail_and_peers_keep_their_order_also_what_came_before_the_start()
    {
        var hosted = Host(Hear);
        var expected = new List<string> { "Started" };
        for (var i = 0; i < 300; i++)
        {
            hosted.Tell(new Horizon(0, i));
            hosted.Life.PeerUp(ActorId.Server(i), i);
            hosted.Life.PeerDown(ActorId.Server(i), i);
            expected.AddRange([$"mail {i}", $"PeerUp server-{i}", $"PeerDown server-{i}"]);
            if (i == 100)
            {
                _heard.ShouldBeEmpty();
                hosted.Started();
            }
        }

        await HeardAsync(expected.Count);
        _heard.ShouldBe(expected);
    }

    [Fact]
    public async Task Its_turns_for_mail_and_timers_run_on_its_own_dispatcher_and_those_for_tensors_on_the_bringers_thread()
    {
        var dispatchers = new ConcurrentQueue<string?>();
        var threads = new ConcurrentQueue<Thread>();
        var hosted = Host((input, outbox) =>
        {
            threads.Enqueue(Thread.CurrentThread);
            dispatchers.Enqueue(InternalCurrentActorCellKeeper.Current?.Dispatcher.Id);
            Hear(input, outbox);
            if (input.Kind == InputKind.Started)
            {
                outbox.SetTimer(TimerKind.Late, TimeSpan.FromSeconds(1));
            }
        }).Started();
        await ScheduledAsync(TimeSpan.FromSeconds(1));
        Time.Advance(TimeSpan.FromSeconds(1));
        hosted.Tell(new Horizon(0, 1));
        await HeardAsync(3);

        hosted.ActorHost.Deliver(Envelope<Final>.Rent(ActorId.Server(0), 1, ActorId.Worker(0), new Final(0, 0, default, hosted.Pool.Rent(4).All)));

        _heard.ShouldBe(["Started", "TimerFired Late", "mail 1", "tensor"]);
        dispatchers.Take(3).ShouldAllBe(id => id == AkkaRunner.Dispatcher);
        threads.Last().ShouldBe(Thread.CurrentThread);
    }

    [Fact]
    public async Task Timers_fire_when_the_scheduler_advances_wherever_they_were_set()
    {
        var fired = new ConcurrentQueue<TimeSpan>();
        var hosted = Host((input, outbox) =>
        {
            switch (input.Kind)
            {
                case InputKind.Started:
                    outbox.SetTimer(TimerKind.Late, TimeSpan.FromSeconds(10));
                    break;
                case InputKind.TimerFired:
                    fired.Enqueue(input.Now);
                    break;
                case InputKind.Message:
                    outbox.SetTimer(TimerKind.Late, TimeSpan.FromSeconds(3));
                    break;
            }
        }).Started();
        await ScheduledAsync(TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromSeconds(2));

        // On this thread, not the actor's.
        hosted.ActorHost.Deliver(Envelope<Horizon>.Rent(ActorId.Coordinator, 1, ActorId.Worker(0), default));
        await ScheduledAsync(TimeSpan.FromSeconds(5));
        Time.Advance(TimeSpan.FromSeconds(2.999));
        fired.ShouldBeEmpty();
        Time.Advance(TimeSpan.FromSeconds(0.001));
        await Eventually.TrueAsync(() => !fired.IsEmpty, Deadline, "the timer");
        Time.Advance(TimeSpan.FromSeconds(100));

        hosted.Dispose();
        fired.ShouldBe([TimeSpan.FromSeconds(5)]);
    }

    [Fact]
    public async Task A_failure_is_told_once_and_neither_that_actor_is_started_again_nor_another_disturbed()
    {
        var failing = Host((input, outbox) =>
        {
            Hear(input, outbox);
            if (input.Kind == InputKind.Message)
            {
                throw new InvalidOperationException("half a turn");
            }
        }).Started();
        var turns = 0;
        var other = Host((_, _) => Interlocked.Increment(ref turns), worker: 1).Started();
        await HeardAsync(1);
        var akka = await Sys.ActorSelection("/user/actors/worker-0-*").ResolveOne(Deadline);
        Watch(akka);

        failing.Tell(new Horizon(0, 1));
        failing.Tell(new Horizon(0, 2));

        ExpectTerminated(akka, Deadline);
        failing.Failures.ShouldHaveSingleItem().Message.ShouldBe("half a turn");
        failing.Dispose();
        other.Tell(new Horizon(0, 1));
        await Eventually.TrueAsync(() => Volatile.Read(ref turns) == 2, Deadline, "the other");
        _heard.ShouldBe(["Started", "mail 1"]);
        other.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dispatcher_that_is_not_configured_is_a_failure()
    {
        using var bare = ActorSystem.Create("bare", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var hosted = Host(new AkkaRunner(() => bare), (ActorId.Worker(0), new ScriptedActor(Hear))).Started();

        await Eventually.TrueAsync(() => !hosted.Failures.IsEmpty, Deadline, "the failure");
        hosted.Failures.ShouldHaveSingleItem().ShouldBeOfType<ConfigurationException>().Message.ShouldContain(AkkaRunner.Dispatcher);
        _heard.ShouldBeEmpty();
        hosted.Dispose();
    }

    /// <summary>Its fate says nothing of the nodes that are in it: they come back with another one.</summary>
    [Fact]
    public async Task The_end_of_the_actor_system_is_no_failure_and_the_next_system_hosts_the_next_life()
    {
        var system = Sys;
        var runner = new AkkaRunner(() => system);
        var first = Host(runner, (ActorId.Worker(0), new ScriptedActor(Hear))).Started();
        await HeardAsync(1);
        using var next = ActorSystem.Create("next", Sys.Settings.Config);

        await Sys.Terminate().WaitAsync(Deadline);
        await first.ActorHost.Over.WaitAsync(Deadline);
        system = next;
        var second = Host(runner, (ActorId.Worker(0), new ScriptedActor(Hear))).Started();

        await HeardAsync(2);
        first.Dispose();
        second.Dispose();
        first.Failures.ShouldBeEmpty();
        second.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_actor_is_disposed_of_whatever_has_become_of_it()
    {
        var created = Host(Hear);
        var running = Host(Hear, worker: 1).Started();
        await HeardAsync(1);
        created.Tell(new Horizon(0, 1));
        await Task.Run(created.Dispose).WaitAsync(Deadline);

        await Sys.Terminate().WaitAsync(Deadline);
        var late = Host(Hear, worker: 2).Started();
        late.Tell(new Horizon(0, 2));
        running.Tell(new Horizon(0, 3));
        await Task.Run(running.Dispose).WaitAsync(Deadline);
        await Task.Run(late.Dispose).WaitAsync(Deadline);

        late.Failures.ShouldBeEmpty();
        _heard.ShouldBe(["Started"]);
    }

    [Fact]
    public async Task Disposal_waits_for_mail_and_for_work_under_way()
    {
        using var goOn = new ManualResetEventSlim();
        var hosted = Host((input, outbox) =>
        {
            Hear(input, outbox);
            if (input.Kind == InputKind.Message)
            {
                outbox.StartWork(new HeldWork(goOn));
            }
        }).Started();
        await HeardAsync(1);
        hosted.Tell(new Horizon(0, 1));
        var disposal = Task.Run(hosted.Dispose);
        await HeardAsync(2);
        disposal.IsCompleted.ShouldBeFalse();

        goOn.Set();
        await disposal.WaitAsync(Deadline);

        _heard.ShouldBe(["Started", "mail 1", "WorkDone"]);
    }

    [Fact]
    public void The_clock_is_the_schedulers()
    {
        var time = Runner.Time;
        var start = time.GetTimestamp();
        var now = time.GetUtcNow();
        Time.Advance(TimeSpan.FromSeconds(7));

        time.GetElapsedTime(start).ShouldBe(TimeSpan.FromSeconds(7));
        (time.GetUtcNow() - now).ShouldBe(TimeSpan.FromSeconds(7));
        Should.Throw<NotSupportedException>(() => time.CreateTimer(static _ => { }, null, TimeSpan.Zero, TimeSpan.Zero));
    }

    private void Hear(Input input, Outbox outbox)
    {
        _heard.Enqueue(input.Kind switch
        {
            InputKind.Message when input.Envelope is Envelope<Horizon> mail => FormattableString.Invariant($"mail {mail.Message.Version}"),
            InputKind.Message => "tensor",
            InputKind.PeerUp or InputKind.PeerDown => $"{input.Kind} {input.Peer}",
            InputKind.TimerFired => $"{input.Kind} {input.Timer}",
            _ => input.Kind.ToString(),
        });
        (input.Body as Envelope)?.Tensor.Release();
    }

    private Task HeardAsync(int count) => Eventually.TrueAsync(() => _heard.Count >= count, Deadline, "what was brought");

    private Task ScheduledAsync(TimeSpan then) => Eventually.TrueAsync(() => Time.HasScheduled(then), Deadline, $"something scheduled for {then}");

    private sealed class HeldWork(ManualResetEventSlim goOn) : TensorWork
    {
        public override void Execute() => goOn.Wait(Deadline).ShouldBeTrue();
    }
}
