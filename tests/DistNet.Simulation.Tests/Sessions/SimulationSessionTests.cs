using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Simulation.Tests;

/// <summary>From options to a run folder and a result, as training does it.</summary>
public sealed class SimulationSessionTests : IDisposable
{
    private static readonly TrainingOptions Digits = new() { Hidden = [24], Batch = 50, Epochs = 2, Lanes = 4, Workers = 2, Servers = 2 };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_simulated_synchronous_run_has_the_weights_and_losses_of_a_real_one()
    {
        var real = await TrainingSession.RunAsync(Digits with { Out = _folder.File("real") }, Unwatched.Instance, CancellationToken.None);
        var simulated = await RunAsync(Digits, new SimulateOptions { Service = ServiceModel.Of(DelayLawText.Parse("shifted:2ms+8ms")) });
        simulated.WeightsSha256.ShouldBe(real.WeightsSha256);
        simulated.LossHistory.ShouldBe(real.LossHistory);
        (simulated.TestLoss, simulated.TestAccuracy, simulated.Ledger).ShouldBe((real.TestLoss, real.TestAccuracy, real.Ledger));
        (simulated.Virtual, real.Virtual).ShouldBe((true, false));
        simulated.Seconds.ShouldBeInRange(58 * 0.02, 58 * 0.1);
        simulated.Events.ShouldBeGreaterThan(58 * 8);
    }

    [Fact]
    public async Task Given_weights_are_where_it_starts_and_an_objective_takes_none()
    {
        var before = await TrainingSession.RunAsync(Digits with { Seed = 9, Out = _folder.File("before") }, Unwatched.Instance, CancellationToken.None);
        var options = Digits with { InitFrom = Directory.EnumerateFiles(RunFolder.Open(before.Run).CheckpointsPath).Single() };
        var real = await TrainingSession.RunAsync(options with { Out = _folder.File("real") }, Unwatched.Instance, CancellationToken.None);

        var simulated = await RunAsync(options, new SimulateOptions());

        simulated.WeightsSha256.ShouldBe(real.WeightsSha256);
        (await ReplaySession.RunAsync(simulated.Run, threads: 1, CancellationToken.None)).IsSame.ShouldBeTrue();
        (await Should.ThrowAsync<UsageException>(() => RunAsync(options, new SimulateOptions { Objective = new QuadraticObjective() }))).Message
            .ShouldStartWith("--init-from: is for the real network");
    }

    [Fact]
    public async Task What_was_really_trained_can_be_evaluated_from_its_folder()
    {
        var run = await RunAsync(Digits, new SimulateOptions());
        var evaluated = Inference.Evaluate(RunFolder.Open(run.Run), null, _ => { });
        evaluated.Accuracy.ShouldBe(run.TestAccuracy!.Value);
        File.ReadLines(RunFolder.Open(run.Run).MetricsPath).Count().ShouldBe(2);
    }

    [Fact]
    public async Task An_objective_has_metrics_and_no_model()
    {
        var run = await RunAsync(Digits with { Lanes = 100, Workers = 100 }, new SimulateOptions { Objective = new QuadraticObjective() });
        run.Parameters.ShouldBe(1);
        run.TestAccuracy.ShouldBeNull();
        run.Ledger.Applied.ShouldBe(run.Samples);
        run.LossHistory[0].ShouldBeLessThan(0.5);
        File.Exists(RunFolder.Open(run.Run).ModelPath).ShouldBeFalse();
        File.Exists(RunFolder.Open(run.Run).ManifestPath).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_trace_byte_for_byte()
    {
        var first = await TraceAsync("asp", "one.json");
        (await TraceAsync("asp", "two.json")).ShouldBe(first);
        (await TraceAsync("bsp", "three.json")).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("asp")]
    [InlineData("bsp")]
    public async Task A_trace_has_what_workers_computed_what_was_under_way_and_every_update(string mode)
    {
        var events = JsonDocument.Parse(await TraceAsync(mode, "trace.json")).RootElement.EnumerateArray().ToArray();
        Of("M").Select(named => named.GetProperty("args").GetProperty("name").GetString())
            .ShouldBe(["coordinator", "server-0", "server-1", "worker-0", "worker-1"]);
        Of("X").ShouldAllBe(span => span.GetProperty("dur").GetDouble() >= 0 && span.GetProperty("pid").GetInt32() >= 3);
        Of("i").Count(update => update.GetProperty("pid").GetInt32() == 1).ShouldBe(30);
        Of("i").Count(update => update.GetProperty("pid").GetInt32() == 2).ShouldBe(30);
        Of("b").Select(Id).ShouldBe(Of("e").Select(Id));
        Of("b").Zip(Of("e"), (begin, end) => Time(end) - Time(begin)).ShouldAllBe(time => Math.Abs(time - 2000) < 1);

        IEnumerable<JsonElement> Of(string phase) => events.Where(one => one.GetProperty("ph").GetString() == phase);
        static long Id(JsonElement one) => one.GetProperty("id").GetInt64();
        static double Time(JsonElement one) => one.GetProperty("ts").GetDouble();
    }

    [Fact]
    public async Task A_trace_that_cannot_be_written_is_wrong_usage()
    {
        var options = new SimulateOptions { TracePath = Path.Combine(_folder.Path, "nowhere", "t.json") };
        (await Should.ThrowAsync<UsageException>(() => RunAsync(Digits, options))).Message.ShouldContain("--trace: cannot write");
    }

    [Fact]
    public async Task A_simulated_run_cannot_be_resumed() =>
        (await Should.ThrowAsync<UsageException>(() => RunAsync(Digits with { Resume = "runs/x" }, new SimulateOptions()))).Message.ShouldContain("--resume");

    public void Dispose() => _folder.Dispose();

    private async Task<string> TraceAsync(string mode, string name)
    {
        var options = new SimulateOptions
        {
            Service = ServiceModel.Of(DelayLawText.Parse("exp:10ms")),
            Links = new LinkModel { Latency = DelayLawText.Parse("2ms") },
            TracePath = _folder.File(name),
        };
        await RunAsync(Digits with { Mode = mode, Epochs = null, Steps = 30 }, options);
        return await File.ReadAllTextAsync(options.TracePath);
    }

    private Task<TrainingResult> RunAsync(TrainingOptions training, SimulateOptions options) =>
        SimulationSession.RunAsync(training with { Out = _folder.File(Guid.NewGuid().ToString()) }, options, Unwatched.Instance, CancellationToken.None);
}
