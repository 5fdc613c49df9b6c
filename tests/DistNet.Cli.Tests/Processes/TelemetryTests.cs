using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cli.Tests;

/// <summary>The real program sends what it measures to a real collector, or says that it could not.</summary>
public sealed class TelemetryTests : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Train = ["train", "--hidden", "8", "--epochs", "3", "--mode", "asp", "--lanes", "3", "--optimizer", "sgd", "--out", "run", "--format", "json"];

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task A_run_s_metrics_spans_and_log_arrive()
    {
        await using var collector = await OtlpReceiver.StartAsync(isGrpc: false);
        var outcome = await CommandProcess.RunAsync(_folder, Train, [.. collector.Environment, new("OTEL_RESOURCE_ATTRIBUTES", "service.name=lesson,room=7")]);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Error.ShouldNotContain("telemetry");
        var result = JsonDocument.Parse(outcome.Out).RootElement;
        var received = collector.Received.ShouldHaveSingleItem().Value;
        Attributes(received.Resource, "service.name", "service.instance.id", "distnet.run", "room").ShouldBe(["lesson", "run", "run", "7"]);
        HoldMetrics(received, result);
        HoldSpans(received.Spans, epochs: 3);
        HoldLog(received.Lines, result);
    }

    /// <summary>One address refuses, the other takes everything and never answers.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collector_that_does_not_answer_costs_one_line(bool connects)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"http://{silent.LocalEndpoint}";
        if (!connects)
        {
            silent.Stop();
        }

        var outcome = await CommandProcess.RunAsync(_folder, [.. Train, "--quiet"], [new(Endpoint, address)]);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldStartWith($"distnet: telemetry did not reach {address} ({Endpoint})");
        JsonDocument.Parse(outcome.Out).RootElement.GetProperty("epochs").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task An_address_that_is_none_is_wrong_usage()
    {
        var runner = new CommandRunner { Environment = [new(Endpoint, "localhost:4317")] };
        (await runner.RunAsync("train")).ShouldBe(2);
        runner.Error.ShouldContain($"{Endpoint}: 'localhost:4317' is no address such as http://127.0.0.1:4317");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void HoldMetrics(ReceivedTelemetry received, JsonElement result)
    {
        received.Instruments.ShouldBeSubsetOf(TrainingMetrics.Table.Select(row => row.Name));
        received.Total(TrainingMetrics.SamplesApplied.Name).ShouldBe(result.GetProperty("samples").GetInt64());
        var steps = result.GetProperty("steps").GetInt64();
        received.Total(TrainingMetrics.StepDuration.Name).ShouldBe(steps);
        received.Total(TrainingMetrics.Staleness.Name).ShouldBe(steps);
        received.Points.ShouldAllBe(point => TrainingMetrics.Table.Single(row => row.Name == point.Instrument).Unit == point.Unit);
        received.Points.Last(point => point.Instrument == TrainingMetrics.Loss.Name).Value.ShouldBeGreaterThan(0);
    }

    private static void HoldSpans(List<ReceivedSpan> spans, int epochs)
    {
        spans.Select(span => span.Name).Distinct().ShouldBe(TrainingTraces.Table.Except([TrainingTraces.Actor]).Select(row => row.Name), ignoreOrder: true);
        var run = spans.Single(span => span.Name == TrainingTraces.Run.Name);
        (run.Parent, run.Status).ShouldBe(("", 1));
        var parts = spans.Where(span => span != run).ToList();
        parts.ShouldAllBe(part => part.Parent == run.Id && part.Trace == run.Trace && part.Start >= run.Start && part.End <= run.End && part.End >= part.Start);
        parts.Count(part => part.Name == TrainingTraces.Epoch.Name).ShouldBe(epochs);
        parts.Count(part => part.Name == TrainingTraces.Evaluation.Name).ShouldBeInRange(1, epochs);
    }

    private static void HoldLog(List<ReceivedLine> lines, JsonElement result)
    {
        lines.Count(line => line.Text.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(3);
        lines.ShouldAllBe(line => line.Tags["run"] == "run" && line.Tags["node"] == "train");
        lines[^1].Text.ShouldContain(result.GetProperty("weightsSha256").GetString()!);
        Attributes(lines[^1].Tags, "step", "Steps").Distinct().ShouldBe([$"{result.GetProperty("steps").GetInt64()}"]);
    }

    private static IEnumerable<string> Attributes(IReadOnlyDictionary<string, string> all, params string[] names) => names.Select(name => all[name]);
}
