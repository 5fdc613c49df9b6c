using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Nodes that come back with an empty disk, as a new machine would: what they had is with others, or it is done again.</summary>
public sealed class LostDiskTests
{
    private static readonly NodeName Server0 = new(Role.Server, 0);
    private static readonly NodeName Server1 = new(Role.Server, 1);

    [Theory]
    [InlineData("bsp", 1)]
    [InlineData("bsp", 2)]
    [InlineData("asp", 2)]
    public void A_lost_coordinator_has_its_record_back_from_any_server(string rule, int servers) =>
        AfterLoss(rule, servers, NodeName.Coordinator).ShouldBeGreaterThan(0);

    [Theory]
    [InlineData("bsp", 1)]
    [InlineData("bsp", 2)]
    [InlineData("asp", 2)]
    public void A_lost_server_has_its_cut_back_from_the_coordinator(string rule, int servers) =>
        AfterLoss(rule, servers, Server0).ShouldBeGreaterThan(0);

    [Theory]
    [InlineData("bsp")]
    [InlineData("asp")]
    public void A_record_on_one_server_is_enough_and_a_cut_that_nobody_has_is_done_again(string rule) =>
        AfterLoss(rule, 2, NodeName.Coordinator, Server1).ShouldBe(0);

    [Theory]
    [InlineData("bsp")]
    [InlineData("asp")]
    public void When_all_is_lost_but_the_workers_a_higher_generation_begins_anew(string rule) =>
        AfterLoss(rule, 2, NodeName.Coordinator, Server0, Server1).ShouldBe(0);

    /// <summary>Loses the nodes and their disks shortly after a cut; the version that the run went on from.</summary>
    private static long AfterLoss(string rule, int servers, params NodeName[] lost)
    {
        var scenario = new Scenario(rule, Lanes: 3, OptimizerKind.Adam, ClipNorm: null, TargetAccuracy: null);
        var plan = scenario.Plan(servers, new CutPolicy(true, 3, TimeSpan.Zero)) with { Replicates = true };
        var schedule = new Schedule(5, scenario, 2, plan, SimulationOptions.Jittery(5));
        var calm = RunRecord.Of(schedule);
        var at = calm.Milestones[calm.Milestones.Count / 2] + TimeSpan.FromMilliseconds(1);
        var run = RunRecord.Of(schedule with
        {
            Options = schedule.Options with
            {
                LoseDiskProbability = 1,
                Kills = [.. lost.Select(node => new Kill(at, node, TimeSpan.FromMilliseconds(20)))],
            },
        });
        run.Problem.ShouldBeNull();
        run.Lineage.Starts.Count.ShouldBeGreaterThan(1);
        return run.Lineage.Starts[^1];
    }
}
