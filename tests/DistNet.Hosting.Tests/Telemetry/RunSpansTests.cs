using System.Diagnostics;
using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;
using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

/// <summary>Spans are the process's, so that no other run may be there meanwhile.</summary>
[Collection(nameof(TrainingMeterTests))]
public sealed class RunSpansTests : IDisposable
{
    private static readonly RunPlan Plan = new(
        new NetworkSpec(4, [new DenseSpec(2, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy)), new BatchSchedule(16, 8, lanes: 2, seed: 1, shuffle: true), lanes: 2, servers: 1);

    private readonly TrainingRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_run_is_a_span_of_epochs_evaluations_and_cuts()
    {
        using var spans = new SpanListener(TrainingTraces.SourceName);
        var result = await _runs.RunAsync(TrainingRuns.Digits with { Steps = null, Epochs = 3 });

        spans.Open.ShouldBeEmpty();
        var run = Named(spans, TrainingTraces.Run).ShouldHaveSingleItem();
        (run.Status, run.GetTagItem("distnet.run"), run.GetTagItem("distnet.version")).ShouldBe((ActivityStatusCode.Ok, Path.GetFileName(result.Run), result.Steps));
        spans.Ended.Where(span => span != run).ShouldAllBe(span => span.ParentSpanId == run.SpanId && span.GetTagItem(TrainingTraces.OutcomeTag) == null);
        Named(spans, TrainingTraces.Epoch).Select(span => span.GetTagItem("distnet.epoch")).ShouldBe([1, 2, 3]);
        Named(spans, TrainingTraces.Evaluation).Select(span => span.GetTagItem("distnet.loss.test")).ShouldBe(result.TestLossHistory.Cast<object?>());
        Named(spans, TrainingTraces.Recovery).ShouldHaveSingleItem().GetTagItem("distnet.generation").ShouldBe(1L);
        Named(spans, TrainingTraces.Cut).ShouldNotBeEmpty();
        HoldToTheTable(spans);
        Activity.Current.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_fails_ends_all_its_spans_and_says_why()
    {
        using var spans = new SpanListener(TrainingTraces.SourceName);
        await Should.ThrowAsync<TrainingFailedException>(() => _runs.RunAsync(TrainingRuns.Digits with { Steps = 400, LearningRate = 1e30f }));

        spans.Open.ShouldBeEmpty();
        var run = Named(spans, TrainingTraces.Run).ShouldHaveSingleItem();
        run.Status.ShouldBe(ActivityStatusCode.Error);
        run.StatusDescription!.ShouldContain("not finite");
        Named(spans, TrainingTraces.Epoch).Last().GetTagItem(TrainingTraces.OutcomeTag).ShouldBe("interrupted");
    }

    [Fact]
    public void A_loss_of_state_ends_what_is_under_way_and_the_span_of_a_next_life_is_part_of_the_same_trace()
    {
        using var spans = new SpanListener(TrainingTraces.SourceName);
        using (var first = RunSpans.Begin("a-run", Plan)!)
        {
            Tell(first, new GenerationAwaited(0), new GenerationOpened(1, 0), new MilestoneBegan(4, Cut: true, Evaluate: true), new GenerationAwaited(1), new GenerationAwaited(1));
            spans.Open.Select(span => span.OperationName).ShouldBe(["distnet.run", "distnet.recovery"]);
            Tell(first, new CutUnreadable(4, 1), new GenerationOpened(2, 0));
            using var second = RunSpans.Begin("a-run", Plan, first.Context);
        }

        spans.Open.ShouldBeEmpty();
        Named(spans, TrainingTraces.Recovery)[1].Events.ShouldHaveSingleItem().Name.ShouldBe("cut unreadable");
        new[] { TrainingTraces.Evaluation, TrainingTraces.Cut }.ShouldAllBe(row => Named(spans, row).Single().GetTagItem(TrainingTraces.OutcomeTag)!.Equals("interrupted"));
        var runs = Named(spans, TrainingTraces.Run);
        runs.ShouldAllBe(run => run.Status == ActivityStatusCode.Error && run.StatusDescription == "it was not carried to its end");
        (runs[1].TraceId, runs[1].ParentSpanId).ShouldBe((runs[0].TraceId, runs[0].SpanId));
    }

    [Fact]
    public void Where_nobody_listens_there_are_none()
    {
        RunSpans.Begin("a-run", Plan).ShouldBeNull();
        ActorSpan.Begin("a-run", null, ActorId.Coordinator, 1).ShouldBeNull();
    }

    private static void HoldToTheTable(SpanListener spans)
    {
        var rows = TrainingTraces.Table.ToDictionary(row => row.Name);
        spans.Ended.ShouldAllBe(span => span.TagObjects.All(tag => rows[span.OperationName].Tags.Contains(tag.Key)));
        spans.Ended.Select(span => span.OperationName).Distinct().ShouldBe(rows.Keys.Except([TrainingTraces.Actor.Name]), ignoreOrder: true);
    }

    private static IReadOnlyList<Activity> Named(SpanListener spans, SpanRow row) => [.. spans.Begun.Where(span => span.OperationName == row.Name)];

    private static void Tell(RunSpans spans, params IMessage[] observed)
    {
        foreach (var one in observed)
        {
            var rent = typeof(Envelope<>).MakeGenericType(one.GetType()).GetMethod("Rent")!;
            spans.Observe((Envelope)rent.Invoke(null, [ActorId.Coordinator, 1L, ActorId.Coordinator, one])!);
        }
    }
}
