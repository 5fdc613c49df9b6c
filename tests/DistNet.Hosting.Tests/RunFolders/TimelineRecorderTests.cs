using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class TimelineRecorderTests
{
    private readonly TimelineRecorder _recorder = new();

    [Fact]
    public void Work_is_told_with_what_came_before_it_and_for_whom()
    {
        Add(0, step: 0, at: 10, compute: 4, wait: 6, waitedFor: -1);
        Add(0, step: 1, at: 20, compute: 5, wait: 5, waitedFor: 3);
        Add(0, step: 2, at: 30, compute: 8, wait: 2, waitedFor: -1);
        _recorder.Spans.ShouldBe([
            new(0, 0, TimelineKind.Compute, "", 6, 10),
            new(0, 1, TimelineKind.Wait, "worker-3", 10, 15),
            new(0, 1, TimelineKind.Compute, "", 15, 20),
            new(0, 2, TimelineKind.Push, "", 20, 22),
            new(0, 2, TimelineKind.Compute, "", 22, 30),
        ]);
    }

    [Fact]
    public void Who_waited_while_the_run_was_evaluated_waited_for_that()
    {
        Add(0, step: 0, at: 10, compute: 4, wait: 0, waitedFor: -1);
        _recorder.OnMilestone(TimeSpan.FromSeconds(12));
        Add(0, step: 1, at: 20, compute: 5, wait: 5, waitedFor: -1);
        Add(0, step: 2, at: 30, compute: 5, wait: 5, waitedFor: -1);
        _recorder.Spans.Select(span => span.For).ShouldBe(["", TimelineSpan.Milestone, "", "", ""]);
    }

    /// <summary>Reports are late when the coordinator is busy; a worker did one thing at a time all the same.</summary>
    [Fact]
    public void Spans_of_a_worker_do_not_overlap()
    {
        Add(0, step: 0, at: 10, compute: 4, wait: 0, waitedFor: -1);
        Add(0, step: 1, at: 11, compute: 4, wait: 1, waitedFor: 1);
        _recorder.Spans.Select(span => (span.From, span.To)).ShouldBe([(6, 10), (10, 11)]);
    }

    [Fact]
    public void The_first_and_the_last_of_each_worker_are_kept_however_long_the_run_is()
    {
        for (var step = 0; step < 10_000; step++)
        {
            Add(step % 2, step, at: step, compute: 1, wait: 0, waitedFor: -1);
        }

        foreach (var worker in _recorder.Spans.GroupBy(span => span.Worker))
        {
            var steps = worker.Select(span => span.Step).ToArray();
            steps.Length.ShouldBe(2 * TimelineRecorder.Kept);
            steps[0].ShouldBe(worker.Key);
            steps[^1].ShouldBe(9_998 + worker.Key);
        }
    }

    [Fact]
    public void Workers_beyond_a_number_cost_nothing()
    {
        Add(TimelineRecorder.MostWorkers, step: 0, at: 1, compute: 1, wait: 0, waitedFor: -1);
        Add(TimelineRecorder.MostWorkers - 1, step: 0, at: 1, compute: 1, wait: 0, waitedFor: -1);
        _recorder.Spans.ShouldHaveSingleItem().Worker.ShouldBe(TimelineRecorder.MostWorkers - 1);
    }

    private void Add(int worker, long step, double at, double compute, double wait, int waitedFor) => _recorder.Add(
        TimeSpan.FromSeconds(at), new UnitObserved(worker, step, 32, TimeSpan.FromSeconds(compute), TimeSpan.FromSeconds(wait), waitedFor));
}
