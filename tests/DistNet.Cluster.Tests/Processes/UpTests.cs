using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary><c>distnet up</c> as a process, and what becomes of those it starts.</summary>
public sealed class UpTests : IDisposable
{
    private const int Nodes = 4;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly string[] Up = ["up", "--workers", "2", "--servers", "1", "--hidden", "32", "--lanes", "4", "--dir", "nodes", "--out", "run", "--format", "json"];

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public async Task It_trains_to_the_bits_of_one_process_and_leaves_nothing_behind()
    {
        RequireLinux();
        var outcome = await CommandProcess.RunAsync(_folder.Path, [.. Up, "--epochs", "3"]);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var expected = await Undisturbed.ResultAsync(new TrainingOptions { Hidden = [32], Lanes = 4, Epochs = 3 });
        JsonDocument.Parse(outcome.Out).RootElement.GetProperty("weightsSha256").GetString().ShouldBe(expected.WeightsSha256);
        File.Exists(RunFolder.Open(_folder.In("run")).ManifestPath).ShouldBeTrue();
        outcome.ErrorLines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(3);
        NodesHere().ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Interrupt_ends_with_a_checkpoint_and_exit_130_and_leaves_no_orphan_and_the_run_goes_on_to_the_bits_of_one_never_stopped(bool group)
    {
        RequireLinux();
        using var up = CommandProcess.Start(_folder.Path, [.. Up, "--epochs", "400"], awaited: "epoch 2/", leadsGroup: true);
        await up.SeenAsync();

        Signals.Send(group ? -up.Id : up.Id, Signals.Interrupt).ShouldBeTrue();
        var stopped = await up.ExitAsync();

        stopped.ExitCode.ShouldBe(130, stopped.Error);
        JsonDocument.Parse(stopped.Out).RootElement.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        File.Exists(RunFolder.Open(_folder.In("run")).ManifestPath).ShouldBeTrue();
        stopped.Error.ShouldContain("go on with: distnet train --resume run");
        NodesHere().ShouldBeEmpty();

        var resumed = await CommandProcess.RunAsync(_folder.Path, ["up", "--resume", "run", "--workers", "3", "--dir", "nodes", "--format", "json", "--quiet"]);

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        var expected = await Undisturbed.ResultAsync(new TrainingOptions { Hidden = [32], Lanes = 4, Epochs = 400 });
        var result = JsonDocument.Parse(resumed.Out).RootElement;
        result.GetProperty("weightsSha256").GetString().ShouldBe(expected.WeightsSha256);
        result.GetProperty("run").GetString().ShouldBe("run");
    }

    [SkippableFact]
    public async Task Killed_it_leaves_no_orphan()
    {
        RequireLinux();
        using var up = CommandProcess.Start(_folder.Path, [.. Up, "--epochs", "1000000"], awaited: "epoch 1/");
        await up.SeenAsync();
        NodesHere().Count.ShouldBe(Nodes);

        up.Kill();

        await Eventually.TrueAsync(() => NodesHere().Count == 0, Deadline, "the nodes to end");
    }

    [SkippableFact]
    public async Task Killed_while_a_node_is_stopped_it_leaves_that_one_to_end_when_it_goes_on()
    {
        RequireLinux();
        using var up = CommandProcess.Start(_folder.Path, [.. Up, "--epochs", "1000000"], awaited: "epoch 1/");
        await up.SeenAsync();
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

    private static void RequireLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "processes are found as Linux lists them");

    private IReadOnlyList<int> NodesHere() => ProcessTable.With(_folder.In("nodes"));
}
