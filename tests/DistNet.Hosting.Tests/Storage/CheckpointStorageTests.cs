using System.Collections.Concurrent;
using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class CheckpointStorageTests : IDisposable
{
    private const int Cuts = 30;
    private const int Steps = 20;

    /// <summary>Longer than it takes to hand a cut over.</summary>
    private const int LongSpin = 100_000;

    private readonly TrainingRuns _runs = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _runs.Dispose();
    }

    [Fact]
    public async Task Cuts_that_come_faster_than_the_disk_are_written_one_after_the_other()
    {
        var options = TrainingRuns.Digits with { Steps = Steps };
        var run = await _runs.RunAsync(options);
        var plan = RunPlanner.Plan(options, DataSummary.Of(DataLoader.Load(options)));
        var content = new CheckpointFolder(RunFolder.Open(run.Run)).ReadLatest(plan.Layout).Content;
        var record = CutCheckpoint.RecordOf(content);
        var checkpoints = new CheckpointFolder(RunFolder.Create(new TrainingOptions { Out = _folder.File("run") }, "run", default));
        var stored = new ConcurrentQueue<Exception?>();
        using var pool = new TensorPool();
        var (writing, most) = (0, 0);

        using (var storage = new CheckpointStorage(plan, checkpoints, resumed: null))
        {
            for (var i = 0; i < Cuts; i++)
            {
                storage.Store(ActorId.Server(0), DurableKey.Cut(content.Version), CutCheckpoint.PartOf(content, record.Cuts[0], plan, 0, pool), stored.Enqueue);
                storage.Store(ActorId.Coordinator, DurableKey.Record, record, problem =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref writing));
                    Thread.SpinWait(LongSpin);
                    stored.Enqueue(problem);
                    Interlocked.Decrement(ref writing);
                });
            }
        }

        most.ShouldBe(1);

        stored.Count.ShouldBe(2 * Cuts);
        stored.ShouldAllBe(problem => problem == null);
        pool.Outstanding.ShouldBe(0);
        checkpoints.ReadLatest(plan.Layout).Warnings.ShouldBeEmpty();
    }
}
