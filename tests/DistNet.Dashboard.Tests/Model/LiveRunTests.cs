using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class LiveRunTests
{
    [Fact]
    public void The_ledger_adds_up_at_every_moment_and_counts_what_is_done_again()
    {
        var run = new LiveRun(TimeProvider.System, new TrainingOptions(), []);
        run.Observed(default, Told.Envelope(Told.Advanced(6, 0) with { DroppedSoFar = new DropCounts(new DropCount(2, 20), default, default) }));
        run.Step(Told.Step(6, 1));
        Balanced(run).ShouldBe((60, 20, 920, 0));

        // A server died: the run is back at version 4, of whose time no drop is.
        run.Observed(default, Told.Envelope(Told.Advanced(5, 0)));
        run.Step(Told.Step(5, 1));
        Balanced(run).ShouldBe((50, 0, 950, 10));
    }

    [Fact]
    public void Whom_it_waits_for_is_told_until_it_goes_on()
    {
        var run = new LiveRun(TimeProvider.System, new TrainingOptions(), []);
        run.Observed(default, Told.Envelope(new Waiting([new Awaited(ActorId.Worker(3), 812, 5, 6)], "", TimeSpan.FromSeconds(4))));
        run.View().WaitsFor.ShouldBe("waiting for worker-3 (step 812, lane 5), 4 s");

        run.Step(Told.Step(7, 1));
        run.View().WaitsFor.ShouldBeNull();
    }

    [Fact]
    public void What_a_run_tells_for_every_step_and_unit_allocates_nothing()
    {
        var run = new LiveRun(TimeProvider.System, new TrainingOptions(), []);
        var (unit, advanced) = (Told.Unit(1, 1, 0.01, 0.01, 0), Told.Envelope(Told.Advanced(1, 1, 2)));
        Tell(run, unit, advanced, 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Tell(run, unit, advanced, 1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>The epochs that a run had done before it was resumed, or before its coordinator died.</summary>
    [Fact]
    public void A_run_that_goes_on_shows_what_was_before()
    {
        var run = new LiveRun(TimeProvider.System, new TrainingOptions(), [Told.Epoch(1, 10, 2, 0.5), Told.Epoch(2, 20, 1, 0.7)]);

        run.View().TrainLoss.Select(point => (point.X, point.Mean)).ShouldBe([(10, 2), (20, 1)]);
        run.View().Accuracy.Count.ShouldBe(2);
        PanelCharts.Loss(run.View()).Series[0].Points.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_real_asynchronous_run_fills_every_part()
    {
        using var folder = new TemporaryFolder();
        var model = new DashboardModel("distnet train");
        var options = new TrainingOptions
        {
            Out = folder.In("run"),
            Epochs = 4,
            Workers = 2,
            Lanes = 4,
            Mode = "asp",
            Optimizer = DistNet.Learning.OptimizerKind.Sgd,
            Hidden = [16],
            Threads = 2,
        };

        var result = await TrainingSession.RunAsync(options, model.Watch(options, Unwatched.Instance), default);
        model.RunEnds("done", result);

        var run = model.View().Run!;
        run.Step.Version.ShouldBe(result.Steps);
        run.Loss[^1].Mean.ShouldBeLessThan(run.Loss[0].Mean / 2);
        run.Accuracy[^1].Mean.ShouldBe(result.TestAccuracy!.Value);
        run.Staleness.Count.ShouldBe(result.Steps);
        run.Staleness.Mean.ShouldBe(result.StalenessMean, 1e-9);
        run.Workers.Sum(worker => worker.Units).ShouldBeGreaterThanOrEqualTo(result.Steps);
        run.Rate.ShouldAllBe(point => point.Mean > 0);
        run.Ledger.ShouldBe(result.Ledger);
        run.Done.ShouldBe(1);
    }

    private static (long Applied, long Dropped, long Pending, long RolledBack) Balanced(LiveRun run)
    {
        var ledger = run.View().Ledger;
        (ledger.Applied + ledger.Dropped + ledger.Pending).ShouldBe(ledger.Planned);
        return (ledger.Applied, ledger.Dropped, ledger.Pending, ledger.RolledBack);
    }

    private static void Tell(LiveRun run, Envelope unit, Envelope advanced, int times)
    {
        for (var i = 0; i < times; i++)
        {
            run.Observed(TimeSpan.FromMilliseconds(i), unit);
            run.Observed(TimeSpan.FromMilliseconds(i), advanced);
            run.Step(new StepReport(i + 1, 10_000, i, 10_000, 1));
        }
    }
}
