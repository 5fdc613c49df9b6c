using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>What each kind of fault does to a simulated cluster, and that the bits of a synchronous run do not mind.</summary>
public sealed class FaultTests
{
    private static readonly DelayLaw Rejoin = DelayLaw.Constant(TimeSpan.FromMilliseconds(5));
    private static readonly Schedule Calm = ScheduleOf();
    private static readonly RunRecord Undisturbed = RunRecord.Of(Calm);

    public static TheoryData<string> Faults =>
    [
        """{ "kind": "kill", "node": "server-0", "at": "20ms", "restart": "10ms" }""",
        """{ "kind": "kill", "node": "worker-2", "atStep": 3, "restart": "never" }""",
        """{ "kind": "kill", "node": "*", "at": "30ms" }""",
        """{ "kind": "tear", "node": "server-1", "at": "30ms" }""",
        """{ "kind": "tear", "node": "coordinator", "item": "record", "at": "30ms" }""",
        """{ "kind": "pause", "node": "worker-*", "atStep": 2, "for": "50ms" }""",
        """{ "kind": "pause", "node": "server-0", "at": "10ms", "for": "5s" }""",
        """{ "kind": "slow", "node": "worker-1", "at": "0s", "for": "10s", "factor": 20 }""",
        """{ "kind": "delay", "from": "*", "to": "server-0", "at": "0s", "for": "10s", "delay": "3ms" }""",
        """{ "kind": "duplicate", "from": "*", "at": "0s" }""",
        """{ "kind": "drop", "from": "worker-0", "to": "server-0", "at": "5ms", "count": 2 }""",
        """{ "kind": "drop", "from": "server-0", "to": "coordinator", "atStep": 4, "count": 1 }""",
        """{ "kind": "corrupt", "from": "server-*", "to": "worker-1", "at": "5ms", "for": "1s", "count": 3 }""",
        """{ "kind": "corrupt", "from": "coordinator", "to": "*", "at": "5ms", "count": 1 }""",
        """{ "kind": "partition", "from": "server-0", "to": "worker-1", "at": "10ms", "for": "400ms" }""",
        """{ "kind": "partition", "from": "coordinator", "to": "*", "at": "10ms", "for": "100ms" }""",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_disturbed_run_ends_at_the_undisturbed_weights_and_again_in_the_same_way(string fault)
    {
        var run = RunRecord.Of(With(fault));
        run.Problem.ShouldBeNull();
        run.Faults.Count.ShouldBe(1);
        run.Result.WeightsSha256.ShouldBe(Undisturbed.Result.WeightsSha256);
        (run.Result.Events, run.Result.VirtualTime).ShouldNotBe((Undisturbed.Result.Events, Undisturbed.Result.VirtualTime));
        var again = RunRecord.Of(With(fault)).Result;
        (again with { Summary = null }).ShouldBe(run.Result with { Summary = null });
    }

    /// <summary>As a cluster's director decides: a worker before a server, and never the coordinator.</summary>
    [Theory]
    [InlineData("worker-1", "server-0", "worker-1")]
    [InlineData("server-0", "worker-1", "worker-1")]
    [InlineData("server-0", "coordinator", "server-0")]
    [InlineData("coordinator", "worker-2", "worker-2")]
    public void A_lost_message_ends_the_life_that_is_easier_to_do_without(string from, string to, string victim)
    {
        var (_, starts) = Lives(With($$"""{ "kind": "drop", "from": "{{from}}", "to": "{{to}}", "atStep": 2, "count": 1 }"""));
        starts.Where(start => start.Value.Count > 1).Select(start => $"{start.Key}").ShouldBe([victim]);
    }

    [Fact]
    public void A_node_that_is_cut_off_from_the_coordinator_is_back_when_the_partition_is_over()
    {
        var (run, starts) = Lives(With("""{ "kind": "partition", "from": "worker-1", "to": "coordinator", "at": "10ms", "for": "60ms" }"""));
        starts[ActorId.Worker(1)].Count.ShouldBe(2);
        starts[ActorId.Worker(1)][1].ShouldBe(run.Began!.Value + TimeSpan.FromMilliseconds(70));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    public void A_paused_node_takes_no_input_and_goes_on_when_the_pause_is_over(int milliseconds)
    {
        var schedule = With($$"""{ "kind": "pause", "node": "server-0", "at": "{{milliseconds}}ms", "for": "30ms" }""");
        var inputs = new List<TimeSpan>();
        var run = Traced(schedule, (actor, input) =>
        {
            if (actor == ActorId.Server(0))
            {
                inputs.Add(input.Now);
            }
        });
        var begin = run.Began!.Value + TimeSpan.FromMilliseconds(milliseconds);
        var end = begin + TimeSpan.FromMilliseconds(30);
        inputs.ShouldAllBe(at => at <= begin || at >= end);
        inputs.ShouldContain(end);
    }

    [Fact]
    public void Who_stands_still_too_long_has_a_new_life()
    {
        var paused = With("""{ "kind": "pause", "node": "worker-1", "at": "20ms", "for": "30ms" }""");
        Lives(paused).Starts[ActorId.Worker(1)].Count.ShouldBe(1);
        var (_, starts) = Lives(paused with { Options = paused.Options with { Silence = TimeSpan.FromMilliseconds(10) } });
        starts[ActorId.Worker(1)].Count.ShouldBe(2);
    }

    [Fact]
    public void Faults_need_nodes_with_a_memory_of_their_own() => Should.Throw<ArgumentException>(() =>
        RunRecord.Of(Calm with { Options = Calm.Options with { SharesMemory = true, Faults = new FaultPlan(1, []) } }));

    private static (RunRecord Run, Dictionary<ActorId, List<TimeSpan>> Starts) Lives(Schedule schedule)
    {
        var starts = new Dictionary<ActorId, List<TimeSpan>>();
        var run = Traced(schedule, (actor, input) =>
        {
            if (input.Kind == InputKind.Started && actor.Role != Role.Sequencer)
            {
                (starts[actor] = starts.GetValueOrDefault(actor) ?? []).Add(input.Now);
            }
        });
        run.Problem.ShouldBeNull();
        return (run, starts);
    }

    private static RunRecord Traced(Schedule schedule, Action<ActorId, Input> trace) => RunRecord.Of(schedule, (id, actor) => new Traces(id, actor, trace));

    private static Schedule With(string fault) => Calm with
    {
        Options = Calm.Options with { Faults = FaultPlan.Parse($$"""{ "seed": 3, "faults": [{{fault}}] }""", "test"), Rejoin = Rejoin, Deadline = TimeSpan.FromMinutes(2) },
    };

    private static Schedule ScheduleOf()
    {
        var scenario = new Scenario("bsp", Lanes: 4, OptimizerKind.Momentum, ClipNorm: null, TargetAccuracy: null);
        var plan = scenario.Plan(2, new CutPolicy(true, 3, TimeSpan.Zero)) with { Replicates = true, HelpsLateWorkers = true };
        return new Schedule(6, scenario, 4, plan, SimulationOptions.Jittery(6));
    }

    private sealed class Traces(ActorId id, IActor actor, Action<ActorId, Input> trace) : IActor
    {
        public void Handle(in Input input, Outbox outbox)
        {
            trace(id, input);
            actor.Handle(input, outbox);
        }
    }
}
