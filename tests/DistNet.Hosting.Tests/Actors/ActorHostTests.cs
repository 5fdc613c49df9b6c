using DistNet.Protocol;
using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

/// <summary>A host that a loop of the test's own drives.</summary>
public sealed class ActorHostTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<string> _heard = [];
    private readonly Clock _clock = new();
    private readonly TensorPool _pool = new();
    private ActorHost? _host;
    private int _news;

    [Fact]
    public void Who_begins_runs_the_start_and_then_what_came_before()
    {
        var threads = new List<int>();
        var host = HostOf((input, _) =>
        {
            _heard.Add(input.Kind.ToString());
            threads.Add(Environment.CurrentManagedThreadId);
        });
        host.Deliver(Anything());
        host.PeerUp(ActorId.Worker(0), 1);
        _heard.ShouldBeEmpty();

        host.Begin(() => { });

        _heard.ShouldBe(["Started", "Message", "PeerUp"]);
        threads.ShouldAllBe(thread => thread == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Timers_fire_when_they_are_due_by_the_hosts_clock_and_somebody_looks()
    {
        var host = HostOf(SetTwoTimers);
        host.Begin(() => _news++);
        _news.ShouldBe(2);

        host.FireDue().ShouldBe(Second);
        _clock.Now += Second;
        host.FireDue().ShouldBe(2 * Second);
        _clock.Now += Second;
        host.FireDue().ShouldBe(Second);
        _heard.ShouldBe(["Late"]);
        _clock.Now += 5 * Second;
        host.FireDue().ShouldBeNull();
        _heard.ShouldBe(["Late", "Stall"]);

        void SetTwoTimers(Input input, Outbox outbox)
        {
            if (input.Kind == InputKind.Started)
            {
                outbox.SetTimer(TimerKind.Stall, 3 * Second);
                outbox.SetTimer(TimerKind.Late, Second);
            }
            else
            {
                _heard.Add(input.Timer.ToString());
            }
        }
    }

    [Fact]
    public async Task A_timer_set_on_another_thread_is_news()
    {
        var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = HostOf((input, outbox) =>
        {
            if (input.Kind == InputKind.Message)
            {
                outbox.SetTimer(TimerKind.Stall, Second);
            }
        });
        host.Begin(() => news.TrySetResult());
        host.FireDue().ShouldBeNull();

        await Task.Run(() => host.Deliver(Anything()));

        await news.Task.WaitAsync(Deadline);
        host.FireDue().ShouldBe(Second);
    }

    [Fact]
    public async Task It_is_over_when_the_work_under_way_is_back()
    {
        using var goOn = new ManualResetEventSlim();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = HostOf((input, outbox) =>
        {
            if (input.Kind == InputKind.Started)
            {
                outbox.StartWork(new HeldWork(goOn));
            }
        });
        host.Begin(() => over.TrySetResult());

        host.End();
        host.Over.IsCompleted.ShouldBeFalse();
        goOn.Set();

        await host.Over.WaitAsync(Deadline);
        await over.Task.WaitAsync(Deadline);
    }

    [Fact]
    public void It_fails_with_the_first_failure_and_runs_no_turn_after()
    {
        var host = HostOf((input, _) =>
        {
            _heard.Add(input.Kind.ToString());
            if (input.Kind == InputKind.Message)
            {
                throw new InvalidOperationException("half a turn");
            }
        });
        host.Begin(() => _news++);

        host.Deliver(Anything());
        host.Deliver(Anything());
        host.End();

        _heard.ShouldBe(["Started", "Message"]);
        _news.ShouldBe(1);
        host.Over.Exception!.InnerExceptions.ShouldHaveSingleItem().Message.ShouldBe("half a turn");
    }

    [Fact]
    public void A_record_that_cannot_be_read_fails_it_and_not_who_begins()
    {
        var host = HostOf((input, _) => _heard.Add(input.Kind.ToString()), new UnreadableStorage());

        host.Begin(() => _news++);

        _heard.ShouldBeEmpty();
        _news.ShouldBe(1);
        host.Over.Exception!.InnerException!.Message.ShouldBe("the disk is gone");
    }

    [Fact]
    public void A_thread_that_runs_it_gets_the_failure_itself()
    {
        var host = HostOf((_, _) => throw new NotSupportedException("no turn"));

        Should.Throw<NotSupportedException>(host.Run).Message.ShouldBe("no turn");
    }

    public void Dispose()
    {
        _host?.Dispose();
        _pool.Dispose();
    }

    private static Envelope Anything() => Envelope<EndEarly>.Rent(ActorId.Worker(0), 1, ActorId.Coordinator, default);

    private ActorHost HostOf(Action<Input, Outbox> handle, IActorStorage? storage = null)
    {
        var options = new ActorHostOptions(0, 1, _ => throw new InvalidOperationException("nobody trains here"), static _ => { });
        _host = new ActorHost(options, storage ?? new ForgetfulStorage(), _pool, _clock);
        _host.Add(ActorId.Coordinator, new ScriptedActor(handle), 1);
        return _host;
    }

    private sealed class HeldWork(ManualResetEventSlim goOn) : TensorWork
    {
        public override void Execute() => goOn.Wait(Deadline).ShouldBeTrue();
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class UnreadableStorage : IActorStorage
    {
        public CoordinatorRecord? RecordOf(ActorId actor) => throw new IOException("the disk is gone");

        public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored) => throw new NotSupportedException();

        public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) => throw new NotSupportedException();

        public void Forget(ActorId actor, DurableKey key) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
