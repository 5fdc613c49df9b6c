using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary><c>distnet up</c> as a process, and what becomes of those it starts.</summary>
public sealed class UpTests : IDisposable
{
    private const int Nodes = 4;

    /// <summary>Epochs of a run that is still going on when a signal comes after its second.</summary>
    private const int Long = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly string[] Up = ["up", "--workers", "2", "--servers", "1", "--hidden", "32", "--lanes", "4", "--dir", "nodes", "--out", "run", "--format", "json"];

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public async Task It_trains_to_the_bits_of_one_process_and_leaves_nothing_behind_and_all_its_nodes_tell_a_collector()
    {
        RequireLinux();
        await using var collector = await OtlpReceiver.StartAsync(isGrpc: true);
        var outcome = await CommandProcess.RunAsync(_folder.Path, [.. Up, "--epochs", "3"], collector.Environment);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var expected = await Undisturbed.ResultAsync(new TrainingOptions { Hidden = [32], Lanes = 4, Epochs = 3 });
        JsonDocument.Parse(outcome.Out).RootElement.GetProperty("weightsSha256").GetString().ShouldBe(expected.WeightsSha256);
        File.Exists(RunFolder.Open(_folder.In("run")).ManifestPath).ShouldBeTrue();
        outcome.ErrorLines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(3);
        NodesHere().ShouldBeEmpty();
        CollectedRun.Hold(collector.Received, outcome);
    }

    [SkippableFact]
    public async Task Interrupted_it_ends_with_a_checkpoint_and_exit_130_and_the_run_goes_on_to_the_bits_of_one_never_stopped()
    {
        RequireLinux();
        await InterruptedAsync(process => process.Id);

        var resumed = await CommandProcess.RunAsync(_folder.Path, ["up", "--resume", "run", "--workers", "3", "--dir", "nodes", "--format", "json", "--quiet"]);

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        var expected = await Undisturbed.ResultAsync(new TrainingOptions { Hidden = [32], Lanes = 4, Epochs = Long });
        var result = JsonDocument.Parse(resumed.Out).RootElement;
        result.GetProperty("weightsSha256").GetString().ShouldBe(expected.WeightsSha256);
        result.GetProperty("run").GetString().ShouldBe("run");
    }

    /// <summary>As a terminal does it: the nodes get the signal too.</summary>
    [SkippableFact]
    public async Task Interrupted_with_all_its_nodes_it_ends_as_well()
    {
        RequireLinux();
        await InterruptedAsync(process => -process.Id);
    }

    [SkippableFact]
    public async Task Killed_it_leaves_no_orphan_and_a_stopped_node_ends_when_it_goes_on()
    {
        RequireLinux();
        using var up = CommandProcess.Start(_folder.Path, [.. Up, "--epochs", "1000000"], awaited: "epoch 1/");
        await up.SeenAsync();
        NodesHere().Count.ShouldBe(Nodes);
        var stopped = NodesHere()[0];
        Signals.Send(stopped, Signals.Stop).ShouldBeTrue();

        up.Kill();
        await Eventually.TrueAsync(() => NodesHere().Count == 1, Deadline, "the others to end");
        Signals.Send(stopped, Signals.Continue).ShouldBeTrue();

        await Eventually.TrueAsync(() => NodesHere().Count == 0, Deadline, "the stopped node to end");
    }

    public void Dispose()
    {
        foreach (var orphan in NodesHere())
        {
            Signals.Send(orphan, Signals.Kill);
        }

        _folder.Dispose();
    }

    /// <summary>A run that is interrupted in its midst leaves a run folder and no orphan.</summary>
    /// <param name="target">Whom the signal is sent to.</param>
    private async Task InterruptedAsync(Func<CommandProcess, int> target)
    {
        using var up = CommandProcess.Start(_folder.Path, [.. Up, "--epochs", $"{Long}"], awaited: "epoch 2/", leadsGroup: true);
        await up.SeenAsync();

        Signals.Send(target(up), Signals.Interrupt).ShouldBeTrue();
        var stopped = await up.ExitAsync();

        stopped.ExitCode.ShouldBe(130, stopped.Error);
        JsonDocument.Parse(stopped.Out).RootElement.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        File.Exists(RunFolder.Open(_folder.In("run")).ManifestPath).ShouldBeTrue();
        stopped.Error.ShouldContain("go on with: distnet train --resume run");
        NodesHere().ShouldBeEmpty();
    }

    private static void RequireLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "processes are found as Linux lists them");

    private IReadOnlyList<int> NodesHere() => ProcessTable.With(_folder.In("nodes"));
}
