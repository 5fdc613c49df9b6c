using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class FaultPlanTests
{
    private const string EveryKind = """
        {
          "seed": 7, // comments are allowed
          "faults": [
            { "kind": "kill", "node": "worker-2", "at": "1.5s", "restart": "2s" },
            { "kind": "kill", "node": "worker-*", "atStep": 100, "restart": "never" },
            { "kind": "pause", "node": ["server-0", "coordinator"], "at": "200ms", "for": "1m" },
            { "kind": "slow", "node": "worker-0", "at": "0s", "factor": 4.5 },
            { "kind": "drop", "from": "worker-0", "to": "server-*", "at": "1s", "count": 2 },
            { "kind": "delay", "from": "*", "to": "coordinator", "at": "1s", "until": "3s", "delay": "20ms" },
            { "kind": "duplicate", "from": "server-1", "at": "1s", "for": "1s", "probability": 0.25 },
            { "kind": "partition", "from": ["worker-0", "worker-1"], "to": "*", "atStep": 5, "for": "4s" },
            { "kind": "corrupt", "from": "coordinator", "to": "worker-1", "at": "1s", "for": "1s" },
            { "kind": "tear", "node": "server-0", "at": "2s", "item": "record" },
          ]
        }
        """;

    [Fact]
    public void It_reads_every_kind()
    {
        var plan = FaultPlan.Parse(EveryKind, "faults.json");

        plan.Seed.ShouldBe(7UL);
        plan.Faults.Select(fault => fault.Kind).Distinct().Count().ShouldBe(Enum.GetValues<FaultKind>().Length);
        var second = FaultStart.Time(TimeSpan.FromSeconds(1));
        plan.Faults.ToArray().ShouldBe(
        [
            new KillFault(FaultStart.Time(TimeSpan.FromSeconds(1.5)), Set("worker-2"), TimeSpan.FromSeconds(2)),
            new KillFault(FaultStart.Version(100), Set("worker-*"), null),
            new PauseFault(FaultStart.Time(TimeSpan.FromMilliseconds(200)), TimeSpan.FromMinutes(1), Set("server-0", "coordinator")),
            new SlowFault(FaultStart.Time(TimeSpan.Zero), null, Set("worker-0"), 4.5),
            new DropFault(second, null, Set("worker-0"), Set("server-*"), new FrameChoice(1, 2)),
            new DelayFault(second, TimeSpan.FromSeconds(2), NodeSet.All, Set("coordinator"), TimeSpan.FromMilliseconds(20)),
            new DuplicateFault(second, TimeSpan.FromSeconds(1), Set("server-1"), NodeSet.All, new FrameChoice(0.25, null)),
            new PartitionFault(FaultStart.Version(5), TimeSpan.FromSeconds(4), Set("worker-0", "worker-1"), NodeSet.All),
            new CorruptFault(second, TimeSpan.FromSeconds(1), Set("coordinator"), Set("worker-1"), FrameChoice.All),
            new TearFault(FaultStart.Time(TimeSpan.FromSeconds(2)), Set("server-0"), TornItem.Record, TimeSpan.Zero),
        ]);
    }

    [Fact]
    public void What_it_writes_it_reads_back()
    {
        var plan = FaultPlan.Parse(EveryKind, "faults.json");

        var again = FaultPlan.Parse(plan.ToJson(), "again.json");

        again.Seed.ShouldBe(plan.Seed);
        again.Faults.ToArray().ShouldBe(plan.Faults);
    }

    [Fact]
    public void It_names_every_mistake_at_once()
    {
        const string Wrong = """
            {
              "sed": 1,
              "faults": [
                { "kind": "kil", "node": "worker-1", "at": "1s" },
                { "kind": "kill", "node": "worker1", "at": "soon" },
                { "kind": "kill", "node": "server-0", "at": "1s", "atStep": 5, "restart": "never" },
                { "kind": "pause", "node": "server-0", "at": "1s" },
                { "kind": "slow", "node": "server-0", "at": "1s" },
                { "kind": "drop", "at": "1s", "probability": 2, "count": 0 },
                { "kind": "delay", "from": "*", "at": "2s", "until": "1s" },
                { "kind": "partition", "from": "*", "atStep": 1, "until": "1s", "nodes": "*" },
                { "kind": "tear", "node": [], "item": "disk" },
                7
              ]
            }
            """;

        Should.Throw<UsageException>(() => FaultPlan.Parse(Wrong, "f")).Problems.ShouldBe(
        [
            "f: faults[0].kind: 'kil' is not one of kill, pause, slow, drop, delay, duplicate, partition, corrupt, tear; did you mean kill?",
            "f: faults[1].at: 'soon' is no time, such as 200ms, 1.5s or 2m",
            "f: faults[1].node: 'worker1' is no node; there are coordinator, server-0, worker-2, server-*, worker-* and *",
            "f: faults[2].at: give either at, the time since the run's start, such as 200ms, 1.5s or 2m, or atStep, the number of updates",
            "f: faults[2].node: 'server-0' is no worker; only workers can be done without for good; give such as worker-2 or worker-*",
            "f: faults[3].for: is missing: it must end, or the run would not; give a duration, such as 200ms, 1.5s or 2m",
            "f: faults[4].node: 'server-0' is no worker; only workers compute; give such as worker-2 or worker-*",
            "f: faults[4].factor: is missing; give a number above 1, such as 4 for a fourth of the speed",
            "f: faults[5].from: is missing; name a node, such as worker-2, server-0 or coordinator, or several in a list",
            "f: faults[5].probability: 2 is not a number above 0 and at most 1",
            "f: faults[5].count: 0 is not a whole number of 1 or more",
            "f: faults[6].until: the fault would end when it begins",
            "f: faults[6].delay: is missing; give a time, such as 200ms, 1.5s or 2m",
            "f: faults[7].until: is a time since the run's start; with atStep give for, a duration",
            "f: faults[7].nodes: there is no such field here",
            "f: faults[8].at: give either at, the time since the run's start, such as 200ms, 1.5s or 2m, or atStep, the number of updates",
            "f: faults[8].node: must be the name of a node, such as \"worker-2\", or a list of some",
            "f: faults[8].item: 'disk' is not one of cut, record",
            "f: faults[9]: must be an object, such as { \"kind\": \"kill\", \"node\": \"worker-1\", \"at\": \"1.5s\" }",
            "f: sed: there is no such field here; did you mean seed?",
        ]);
    }

    [Theory]
    [InlineData("[]", "f: must be an object with a list named faults")]
    [InlineData("{}", "f: faults: must be a list of faults")]
    [InlineData("""{ "seed": -1, "faults": [] }""", "f: seed: -1 is not a whole number of 0 or more")]
    public void It_says_what_a_file_must_be(string json, string problem) =>
        Should.Throw<UsageException>(() => FaultPlan.Parse(json, "f")).Problems.ShouldBe([problem]);

    [Fact]
    public void It_says_where_json_ends_to_be_any() =>
        Should.Throw<UsageException>(() => FaultPlan.Parse("""{ "faults": [ }""", "f")).Message.ShouldStartWith("f: is not JSON: ");

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<UsageException>(() => FaultPlan.Load("no/faults.json")).Message.ShouldStartWith("--faults: cannot read no/faults.json: ");

    [Fact]
    public void It_names_the_nodes_that_a_cluster_lacks()
    {
        var plan = FaultPlan.Parse(EveryKind, "f");

        plan.ProblemsFor([ActorId.Coordinator, ActorId.Server(0), ActorId.Worker(0), ActorId.Worker(1)]).ShouldBe(
        [
            "faults[0].node: there is no worker-2 among the 4 nodes of this cluster",
            "faults[6].from: there is no server-1 among the 4 nodes of this cluster",
        ]);
        plan.ProblemsFor([ActorId.Coordinator, ActorId.Server(0), ActorId.Server(1), .. Enumerable.Range(0, 3).Select(ActorId.Worker)]).ShouldBeEmpty();
    }

    [Fact]
    public void The_sequencer_is_where_the_coordinator_is()
    {
        Set("coordinator").Contains(ActorId.Sequencer).ShouldBeTrue();
        Set("worker-*").Contains(ActorId.Worker(12)).ShouldBeTrue();
        Set("worker-1").Contains(ActorId.Worker(12)).ShouldBeFalse();
    }

    private static NodeSet Set(params string[] patterns) => NodeSet.Parse(patterns).Nodes;
}
