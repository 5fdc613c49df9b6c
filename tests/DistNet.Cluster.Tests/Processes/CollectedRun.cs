using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>What a collector must have got from the nodes of a cluster of a server and two workers that did one run.</summary>
internal static class CollectedRun
{
    private static readonly string[] Nodes = ["coordinator", "server-0", "worker-0", "worker-1"];

    /// <param name="received">What came, by node.</param>
    /// <param name="outcome">What the run printed.</param>
    public static void Hold(IReadOnlyDictionary<string, ReceivedTelemetry> received, CommandOutcome outcome)
    {
        received.Keys.ShouldBe(Nodes, ignoreOrder: true, outcome.Error);
        received.Values.ShouldAllBe(node => node.Resource["service.name"] == "distnet");
        var run = received["coordinator"].Spans.Single(span => span.Name == TrainingTraces.Run.Name);
        foreach (var (name, telemetry) in received)
        {
            telemetry.Spans.Single(span => span.Name == TrainingTraces.Actor.Name).Tags["distnet.actor"].ShouldBe(name);
            telemetry.Spans.Where(span => span != run).ShouldAllBe(span => span.Trace == run.Trace && span.Parent == run.Id);
            telemetry.Lines.ShouldContain(line => line.Tags["node"] == name && line.Tags.GetValueOrDefault("run") == run.Tags["distnet.run"], name);
            telemetry.Total(TrainingMetrics.BytesSent.Name).ShouldBeGreaterThan(0, name);
        }

        var samples = JsonDocument.Parse(outcome.Out).RootElement.GetProperty("samples").GetInt64();
        received["coordinator"].Total(TrainingMetrics.SamplesApplied.Name).ShouldBe(samples);
        received["worker-1"].Total(TrainingMetrics.PushDuration.Name).ShouldBeGreaterThan(0);
    }
}
