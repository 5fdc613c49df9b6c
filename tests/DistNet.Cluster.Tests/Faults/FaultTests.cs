using System.Globalization;
using DistNet.Hosting;
using Xunit.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>Every kind of fault happens to a cluster of real processes, two to a run, and the run ends at the bits of one that nothing disturbed.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    /// <summary>Long enough for what happens at step 100 to happen in its midst.</summary>
    private static readonly TrainingOptions Options = new()
    {
        Hidden = [32],
        Epochs = 100,
        EvalEvery = 50,
        Lanes = 4,
        Seed = 11,
        Workers = 2,
        Servers = 1,
        Threads = 1,
    };

    [SkippableFact]
    public async Task Killed_a_server_comes_back_when_the_plan_says_and_a_worker_that_does_not_is_done_without()
    {
        using var run = await RunAsync(
            """{ "kind": "kill", "node": "server-0", "atStep": 100, "restart": "200ms" }""",
            """{ "kind": "kill", "node": "worker-1", "atStep": 800, "restart": "never" }""");

        run.WasTold("fault: faults[0] kills server-0 (pid ").ShouldBeTrue();
        run.WasTold("server-0 (pid ", "started again as pid").ShouldBeTrue();
        run.WasTold("fault: faults[1] kills worker-1 (pid ").ShouldBeTrue();
        run.WasTold("worker-1 (pid ", "started again").ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Torn_a_servers_newest_cut_gives_way_and_so_does_the_coordinators_record()
    {
        using var run = await RunAsync(
            Options with { CheckpointEvery = 200 },
            """{ "kind": "tear", "node": "server-0", "item": "cut", "atStep": 500 }""",
            """{ "kind": "tear", "node": "coordinator", "item": "record", "atStep": 900 }""");

        run.WasTold("fault: faults[0] kills server-0 (pid ").ShouldBeTrue();
        run.WasTold(".cut of server-0 short").ShouldBeTrue();
        run.WasTold("fault: faults[1] cuts coordinator.record of coordinator short").ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Paused_a_server_holds_the_run_up_and_slow_a_worker_takes_its_time()
    {
        using var run = await RunAsync(
            """{ "kind": "pause", "node": "server-0", "atStep": 100, "for": "1s" }""",
            """{ "kind": "slow", "node": "worker-1", "atStep": 800, "for": "500ms", "factor": 20 }""");

        run.WasTold("fault: faults[0] pauses server-0 (pid ").ShouldBeTrue();
        run.WasTold("fault: faults[0] is over, server-0 (pid ").ShouldBeTrue();
        run.LogOf("worker-1").ShouldContain("fault: faults[1] stretches the work of worker-1 20 times");
        run.LogOf("worker-0").ShouldNotContain("stretches");
    }

    [SkippableFact]
    public async Task Delayed_frames_arrive_and_repeated_ones_count_once()
    {
        using var run = await RunAsync(
            """{ "kind": "duplicate", "from": "*", "to": "*", "at": "0s" }""",
            """{ "kind": "delay", "from": "*", "to": "*", "atStep": 800, "for": "500ms", "delay": "10ms" }""");

        run.LogOf("worker-1").ShouldContain("fault: faults[0] repeats frames to server-0");
        run.LogOf("server-0").ShouldContain("fault: faults[0] repeats frames to worker-0");
        run.LogOf("coordinator").ShouldContain("fault: faults[0] repeats frames to server-0");
        run.LogOf("worker-0").ShouldContain("fault: faults[1] delays frames to server-0");
        run.LogOf("server-0").ShouldContain("fault: faults[1] delays frames to worker-1");
        run.LogOf("coordinator").ShouldContain("fault: faults[1] delays frames to ");
    }

    [SkippableFact]
    public async Task Dropped_a_frame_breaks_its_link()
    {
        using var run = await RunAsync("""{ "kind": "drop", "from": "worker-1", "to": "server-0", "atStep": 100, "count": 1 }""");

        run.LogOf("worker-1").ShouldContain("fault: faults[0] drops a frame to server-0: its connection breaks");
        run.LogOf("server-0").ShouldContain("data connection with worker-1 ");
        run.LogOf("worker-1").ShouldContain("this node begins a new life");
    }

    [SkippableFact]
    public async Task Corrupt_a_frame_is_refused_on_either_plane()
    {
        using var run = await RunAsync(
            """{ "kind": "corrupt", "from": "server-0", "to": "worker-0", "atStep": 100, "count": 1 }""",
            """{ "kind": "corrupt", "from": "worker-1", "to": "coordinator", "atStep": 100, "count": 1 }""");

        run.LogOf("server-0").ShouldContain("fault: faults[0] alters byte ");
        run.LogOf("worker-0").ShouldContain("broke: bad frame: ");
        run.LogOf("worker-1").ShouldContain("fault: faults[1] alters byte ");
        run.LogOf("coordinator").ShouldContain("is gone: bad frame: ");
    }

    [SkippableFact]
    public async Task Partitioned_a_server_is_found_again()
    {
        using var run = await RunAsync("""{ "kind": "partition", "from": "server-0", "to": "*", "atStep": 100, "for": "1s" }""");

        run.LogOf("server-0").ShouldContain("fault: faults[0] closes the Control connection with coordinator");
        run.LogOf("coordinator").ShouldNotContain("fault: ");
        run.WasTold("server-0 (pid ").ShouldBeTrue();
        run.LogOf("server-0").ShouldContain("fault: faults[0] is over");
    }

    private Task<FaultRun> RunAsync(params string[] faults) => RunAsync(Options, faults);

    private async Task<FaultRun> RunAsync(TrainingOptions options, params string[] faults)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are stopped by signals as Linux numbers them");
        var run = await FaultRun.RunAsync($$"""{ "seed": 5, "faults": [ {{string.Join(", ", faults)}} ] }""", options);
        output.WriteLine(run.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture));
        output.WriteLine(run.Story());
        var undisturbed = await Undisturbed.ResultAsync(options);
        run.Result.WeightsSha256.ShouldBe(undisturbed.WeightsSha256);
        run.Result.Ledger.Applied.ShouldBe(undisturbed.Ledger.Applied);
        run.Result.Ledger.Pending.ShouldBe(0);
        return run;
    }
}
