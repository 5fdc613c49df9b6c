using System.Diagnostics;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>What the nodes of a cluster measure of each other, and the spans of a run that is given up.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Members = ["server-0", "worker-0", "worker-1"];

    /// <summary>Its workers have no numbers of their own, so that their names are known only when they have been let in.</summary>
    [Fact]
    public async Task Nodes_measure_their_planes_by_the_names_of_their_peers_and_the_spans_of_a_run_given_up_end()
    {
        using var spans = new SpanListener(TrainingTraces.SourceName);
        using var meter = new MeasurementListener(TrainingMetrics.MeterName);
        await using (var cluster = await TestCluster.StartAsync(servers: 1, workers: 0))
        {
            var workers = new[] { await cluster.AddAsync(Role.Worker), await cluster.AddAsync(Role.Worker) };
            await cluster.GatherAsync(servers: 1, workers: 2);
            var run = await cluster.BeginAsync(new TrainingOptions { Hidden = [32], Epochs = 100_000, Lanes = 4, Workers = 2 });
            await run.StepAsync(20);
            var name = await workers[1].Node.Named;
            await workers[1].DisposeAsync();
            await cluster.AddAsync(Role.Worker, name.Index);
            await cluster.StatusAsync(status => status.Nodes.Any(node => node.Name == $"{name}" && node.Step > 0), "the worker to compute again");
            meter.Ask();
            HoldPlanes(meter);
            meter.Values(TrainingMetrics.Restarts.Name, TrainingMetrics.NodeTag).ShouldBe([$"{name}"]);

            using var client = cluster.Connect();
            await client.StopAsync(checkpoint: false, default);
            await Should.ThrowAsync<TrainingFailedException>(run.ResultAsync);
        }

        HoldSpans(spans);
    }

    /// <summary>Every node has a control connection with the coordinator's; tensors go between workers and servers, and from servers to the coordinator's node.</summary>
    private static void HoldPlanes(MeasurementListener meter)
    {
        string[] all = [.. Members, "coordinator"];
        foreach (var row in new[] { TrainingMetrics.BytesSent, TrainingMetrics.BytesReceived, TrainingMetrics.QueueLength })
        {
            meter.Values(row.Name, TrainingMetrics.PeerTag, (TrainingMetrics.PlaneTag, PlaneMeter.Control)).ShouldBe(all, ignoreOrder: true, row.Name);
            meter.Values(row.Name, TrainingMetrics.PeerTag, (TrainingMetrics.PlaneTag, PlaneMeter.Data)).ShouldBe(all, ignoreOrder: true, row.Name);
        }

        if (OperatingSystem.IsLinux())
        {
            meter.Values(TrainingMetrics.BytesSent.Name, TrainingMetrics.PeerTag, (TrainingMetrics.PlaneTag, PlaneMeter.Shared)).ShouldContain("worker-0");
            meter.Values(TrainingMetrics.BytesReceived.Name, TrainingMetrics.PeerTag, (TrainingMetrics.PlaneTag, PlaneMeter.Shared)).ShouldContain("server-0");
        }

        meter.Values(TrainingMetrics.PushDuration.Name, TrainingMetrics.PeerTag).ShouldBe(["server-0"]);
        meter.Of(TrainingMetrics.PushDuration.Name).ShouldAllBe(push => push.Value > 0);
        meter.Values(TrainingMetrics.ActorLives.Name, TrainingMetrics.ActorTag).ShouldBe(all, ignoreOrder: true);
    }

    private static void HoldSpans(SpanListener spans)
    {
        spans.Open.ShouldBeEmpty();
        var run = spans.Ended.Single(span => span.OperationName == TrainingTraces.Run.Name);
        (run.Status, run.StatusDescription).ShouldBe((ActivityStatusCode.Error, "it was stopped without a checkpoint"));
        var actors = spans.Ended.Where(span => span.OperationName == TrainingTraces.Actor.Name).ToList();
        actors.Select(span => (string)span.GetTagItem("distnet.actor")!).Distinct().ShouldBe([.. Members, "coordinator"], ignoreOrder: true);
        spans.Ended.Where(span => span != run).ShouldAllBe(span => span.ParentSpanId == run.SpanId && span.TraceId == run.TraceId);
    }
}
