using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Nodes that never come back, in a run that does not wait for ever.</summary>
public sealed class GiveUpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static TheoryData<string, Role, string> Losses => new()
    {
        { "bsp", Role.Server, "server-0" },
        { "bsp", Role.Worker, "a worker" },
        { "asp", Role.Server, "server-0" },
        { "asp", Role.Worker, "a worker" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_run_ends_and_says_who_is_missing(string rule, Role lost, string missing)
    {
        var (run, killed) = Run(rule, lost, downtime: TimeSpan.FromDays(1));
        run.Result.Failure.ShouldBe($"Given up: for 30 s the run has had to do without {missing}.");
        (run.Result.VirtualTime - killed - Limit).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Whoever_is_back_before_is_no_reason(string rule, Role lost, string missing)
    {
        var (run, _) = Run(rule, lost, downtime: TimeSpan.FromSeconds(29));
        run.Problem.ShouldBeNull(missing);
        run.Result.VirtualTime.ShouldBeGreaterThan(TimeSpan.FromSeconds(29));
    }

    /// <summary>The only node of its kind is killed at the first milestone.</summary>
    private static (RunRecord Run, TimeSpan Killed) Run(string rule, Role lost, TimeSpan downtime)
    {
        var scenario = new Scenario(rule, Lanes: 3, OptimizerKind.Adam, ClipNorm: null, TargetAccuracy: null);
        var plan = scenario.Plan(1, new CutPolicy(true, 3, TimeSpan.Zero)) with { GiveUpAfter = Limit };
        var schedule = new Schedule(8, scenario, 1, plan, SimulationOptions.Jittery(8));
        var at = RunRecord.Of(schedule).Milestones[0];
        return (RunRecord.Of(schedule with { Options = schedule.Options with { Kills = [new Kill(at, new NodeName(lost, 0), downtime)] } }), at);
    }
}
