using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class InProcessHostTests
{
    private static TrainingOptions Options { get; } = TrainingRuns.Digits with { Steps = 200 };

    public static TheoryData<string, int, int> Clusters => new()
    {
        { "bsp", 1, 1 },
        { "bsp", 3, 2 },
        { "asp", 1, 1 },
        { "asp", 4, 3 },
    };

    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task A_completed_run_has_given_every_tensor_back(string mode, int workers, int servers)
    {
        var run = new HostRun(Options with { Mode = mode, Workers = workers, Servers = servers }) { TakesCuts = true };

        (await run.RunAsync()).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task A_stopped_run_has_given_every_tensor_back(string mode, int workers, int servers)
    {
        using var stop = new CancellationTokenSource();
        var options = Options with { Mode = mode, Workers = workers, Servers = servers, Steps = 1_000_000 };
        RunSummary? summary = null;
        var run = new HostRun(options) { TakesCuts = true, Stop = stop.Token, Observe = Watch };

        (await run.RunAsync()).ShouldBe(0);

        summary!.Stopped.ShouldBeTrue();

        void Watch(Envelope observed)
        {
            summary = observed is Envelope<RunCompleted> completed ? completed.Message.Summary : summary;
            if (observed is Envelope<Advanced> { Message.Version: 50 })
            {
                stop.Cancel();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task A_failed_run_says_why_and_has_given_every_tensor_back(string mode, int workers, int servers)
    {
        var options = Options with { Mode = mode, Workers = workers, Servers = servers, Loss = Learning.LossKind.SquaredError, LearningRate = 1e10f };
        var reasons = new List<string>();
        var run = new HostRun(options)
        {
            TakesCuts = true,
            Observe = observed => reasons.AddRange(observed is Envelope<RunFailed> failed ? [failed.Message.Reason] : []),
        };

        (await run.RunAsync()).ShouldBe(0);

        reasons.ShouldHaveSingleItem().ShouldMatch("layer [0-9]+ is not finite at step [0-9]+.*--lr");
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task A_runner_that_throws_ends_the_run_with_its_error(string mode, int workers, int servers)
    {
        var run = new HostRun(Options with { Mode = mode, Workers = workers, Servers = servers }) { Runner = runner => new FailingRunner(runner, 30) };

        var failure = await Should.ThrowAsync<InvalidOperationException>(run.RunAsync);

        failure.Message.ShouldContain("the runner broke");
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task A_runner_that_cannot_be_made_ends_the_run_with_its_error(string mode, int workers, int servers)
    {
        var run = new HostRun(Options with { Mode = mode, Workers = workers, Servers = servers })
        {
            Runner = _ => throw new InvalidOperationException("no runner"),
        };

        (await Should.ThrowAsync<InvalidOperationException>(run.RunAsync)).Message.ShouldContain("no runner");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Storage_that_fails_ends_the_run_with_its_error(bool throws)
    {
        var run = new HostRun(Options with { Workers = 3, Servers = 2 }) { TakesCuts = true, Storage = storage => new FailingStorage(storage, throws) };

        (await Should.ThrowAsync<IOException>(run.RunAsync)).Message.ShouldBe("the disk is full");
    }

    /// <summary>The only thread that computes is in the middle of a gradient, and waits there for what the disk's answer leads to.</summary>
    [Fact]
    public async Task Messages_do_not_wait_behind_a_computation()
    {
        using var taken = new ManualResetEventSlim();
        HeldStorage? disk = null;
        var waited = new List<bool>();
        var run = new HostRun(Options with { Workers = 1, Servers = 1, Threads = 1 })
        {
            TakesCuts = true,
            Storage = storage => disk = new HeldStorage(storage),
            Runner = runner => new InterruptedRunner(runner, Wait),
            Observe = observed =>
            {
                if (observed is Envelope<CutTaken>)
                {
                    taken.Set();
                }
            },
        };

        (await run.RunAsync()).ShouldBe(0);

        waited.ShouldBe([true]);

        void Wait()
        {
            taken.IsSet.ShouldBeFalse();
            disk!.Release();
            waited.Add(taken.Wait(TimeSpan.FromSeconds(60)));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public async Task A_slow_disk_moves_no_evaluation_and_skips_no_cut_under_bsp(int workers, int servers)
    {
        var (scored, cuts) = (new List<long>(), new List<long>());
        SlowStorage? disk = null;
        var run = new HostRun(Options with { Workers = workers, Servers = servers, Steps = null, Epochs = 3 })
        {
            TakesCuts = true,
            Evaluates = true,
            Storage = storage => disk = new SlowStorage(storage),
            Observe = Watch,
        };

        (await run.RunAsync()).ShouldBe(0);

        scored.ShouldBe([29, 58, 87]);
        cuts.ShouldBe([10, 20, 30, 40, 50, 60, 70, 80, 87]);

        void Watch(Envelope observed)
        {
            scored.AddRange(observed is Envelope<Scored> score ? [score.Message.Version] : []);
            cuts.AddRange(observed is Envelope<CutTaken> cut ? [cut.Message.Version] : []);
            if (observed is Envelope<Advanced> advanced && IsStop(advanced.Message.Version))
            {
                disk!.Stand(advanced.Message.Version);
            }
        }

        static bool IsStop(long version) => version % 10 == 0 || version % 29 == 0;
    }

    private sealed class FailingRunner(IWorkRunner inner, int orders) : IWorkRunner
    {
        private int _left = orders;

        public bool Run(NetworkWork order, IWorkSink sink) =>
            _left-- > 0 ? inner.Run(order, sink) : throw new InvalidOperationException("the runner broke");

        public void Dispose() => inner.Dispose();
    }

    private sealed class InterruptedRunner(IWorkRunner inner, Action interrupt) : IWorkRunner
    {
        public bool Run(NetworkWork order, IWorkSink sink)
        {
            if (order is GradientOrder { Step: 12 })
            {
                interrupt();
            }

            return inner.Run(order, sink);
        }

        public void Dispose() => inner.Dispose();
    }

    /// <summary>Answers for the first cut of a partition when it is let go, from a thread of its own.</summary>
    private sealed class HeldStorage(IActorStorage inner) : IActorStorage
    {
        private readonly ManualResetEventSlim _released = new();
        private bool _isFirst = true;

        public CoordinatorRecord? RecordOf(ActorId actor) => inner.RecordOf(actor);

        public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored)
        {
            var isHeld = _isFirst && item is PartitionCut;
            _isFirst &= !isHeld;
            inner.Store(actor, key, item, isHeld ? Held(stored) : stored);
        }

        public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) => inner.Load(actor, key, pool);

        public void Forget(ActorId actor, DurableKey key) => inner.Forget(actor, key);

        public void Release() => _released.Set();

        public void Dispose()
        {
            inner.Dispose();
            _released.Dispose();
        }

        private Action<Exception?> Held(Action<Exception?> stored) => problem => Task.Run(() =>
        {
            _released.Wait();
            stored(problem);
        });
    }

    /// <summary>A cut's record is durable only when the run stands at its next stop.</summary>
    private sealed class SlowStorage(IActorStorage inner) : IActorStorage
    {
        private readonly Lock _lock = new();
        private Action? _late;
        private long _lateVersion;
        private long _stop;

        public CoordinatorRecord? RecordOf(ActorId actor) => inner.RecordOf(actor);

        public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored) =>
            inner.Store(actor, key, item, item is CoordinatorRecord { Cuts.Count: > 0 } record && record.Cuts[^1].Version < 87 ? Late(record.Cuts[^1].Version, stored) : stored);

        public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) => inner.Load(actor, key, pool);

        public void Forget(ActorId actor, DurableKey key) => inner.Forget(actor, key);

        public void Dispose() => inner.Dispose();

        /// <summary>The run stands at a stop: the record of an earlier cut becomes durable.</summary>
        public void Stand(long version)
        {
            lock (_lock)
            {
                _stop = version;
                LetGo();
            }
        }

        private Action<Exception?> Late(long version, Action<Exception?> stored) => problem =>
        {
            lock (_lock)
            {
                _late = () => stored(problem);
                _lateVersion = version;
                LetGo();
            }
        };

        private void LetGo()
        {
            if (_late is { } late && _stop > _lateVersion)
            {
                _late = null;
                late();
            }
        }
    }

    /// <summary>Fails at the first cut that is recorded.</summary>
    private sealed class FailingStorage(IActorStorage inner, bool throws) : IActorStorage
    {
        public CoordinatorRecord? RecordOf(ActorId actor) => inner.RecordOf(actor);

        public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored)
        {
            if (item is not CoordinatorRecord { Cuts.Count: > 0 })
            {
                inner.Store(actor, key, item, stored);
            }
            else if (throws)
            {
                throw new IOException("the disk is full");
            }
            else
            {
                stored(new IOException("the disk is full"));
            }
        }

        public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) => inner.Load(actor, key, pool);

        public void Forget(ActorId actor, DurableKey key) => inner.Forget(actor, key);

        public void Dispose() => inner.Dispose();
    }
}
