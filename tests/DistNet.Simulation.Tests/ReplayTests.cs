using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Whatever happened to a cluster, its log repeats the run: calm, on other numbers of workers and servers, at other speeds.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("asp")]
    [InlineData("ksync")]
    [InlineData("kbatchsync")]
    [InlineData("kasync")]
    [InlineData("kbatchasync")]
    [InlineData("ssp")]
    [InlineData("local")]
    [InlineData("easgd")]
    [InlineData("switching")]
    public void The_log_of_a_run_with_faults_ends_at_its_bits(string rule)
    {
        var compared = 0;
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var calm = RunRecord.Of(Schedule.Calm(rule, seed));
            var schedule = calm.Schedule.WithFaults(calm);
            schedule = schedule with { Plan = schedule.Plan with { Records = true, Cuts = schedule.Plan.Cuts with { Enabled = true } } };
            var log = new LogCopy();
            var recorded = Run(schedule, log);
            if (log.IsWhole(recorded))
            {
                var replayed = Run(CalmScript(schedule, log.Updates(recorded)), new LogCopy());
                replayed.WeightsSha256.ShouldBe(recorded.WeightsSha256, $"{schedule}");
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(15);
    }

    /// <summary>Two workers, one server, no faults.</summary>
    private static Schedule CalmScript(Schedule schedule, RecordedUpdates updates)
    {
        var plan = updates.Script(schedule.Scenario.Plan(1, CutPolicy.Never) with { TargetAccuracy = null, TestSamples = 0 });
        return schedule with { Plan = plan, Workers = 2, Options = SimulationOptions.Jittery(schedule.Seed + 1000), EndEarlyAt = null };
    }

    private static SimulationResult Run(Schedule schedule, LogCopy log)
    {
        var blueprint = new ClusterBlueprint(schedule.Plan, schedule.Workers, () => new QuadraticRunner(schedule.Plan));
        using var host = new SimulationHost(blueprint, schedule.Options) { Storing = log.OnStored };
        if (schedule.EndEarlyAt is { } at)
        {
            host.SendAt(at, ActorId.Coordinator, default(EndEarly));
        }

        var result = host.Run();
        result.Failure.ShouldBeNull($"{schedule}");
        return result;
    }

    /// <summary>The log as a disk that is never lost would have it: a segment makes later ones void.</summary>
    private sealed class LogCopy
    {
        private readonly List<LogSegment> _segments = [];

        public void OnStored(ActorId actor, DurableKey key, DurableItem item)
        {
            if (item is LogSegment segment)
            {
                _segments.RemoveAll(before => before.ToVersion > segment.FromVersion);
                _segments.Add(segment);
            }
        }

        /// <summary>Where all nodes lost their disks at once generations have the same numbers again, and the run may end before it has begun.</summary>
        public bool IsWhole(SimulationResult run) => run.Summary!.Version > 0 && _segments.Count > 0;

        public RecordedUpdates Updates(SimulationResult run)
        {
            var starts = _segments.Select(segment => segment.Phase).Distinct().OrderBy(phase => phase.Number).ToArray();
            return new RecordedUpdates(run.Summary!.Version, starts, [.. _segments.SelectMany(segment => segment.Units)]);
        }
    }
}
