using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>One life of a cluster, drawn from a seed: who takes part, and what goes wrong when.</summary>
internal sealed record Schedule(ulong Seed, Scenario Scenario, int Workers, RunPlan Plan, SimulationOptions Options, TimeSpan? EndEarlyAt = null)
{
    private const double PlansPart = 0.7;
    private const int MostFaults = 4;

    private static readonly int[] LaneCounts = [1, 2, 3, 4, 5, 8];

    /// <summary>The cluster without its faults: lanes may be more than a batch has rows, workers more than lanes.</summary>
    public static Schedule Calm(string rule, ulong seed)
    {
        var luck = new LuckStream(Luck.Key(seed, LuckPurpose.Faults, 77));
        var lanes = LaneCounts[luck.Below(LaneCounts.Length)];
        var scenario = new Scenario(
            RuleDraw.Of(rule, lanes, luck),
            lanes,
            (OptimizerKind)luck.Below(7),
            luck.Chance(0.35) ? 0.5f : null,
            luck.Chance(0.2) ? 0.4 : null);
        var workers = 1 + luck.Below(scenario.Lanes + 2);
        var cuts = luck.Chance(0.1) ? CutPolicy.Never
            : luck.Chance(0.6) ? new CutPolicy(true, 1 + luck.Below(5), TimeSpan.Zero)
            : new CutPolicy(true, null, TimeSpan.FromMilliseconds(luck.Below(3) * 4));
        var plan = scenario.Plan(1 + luck.Below(3), cuts) with
        {
            InlineUpdateLength = luck.Chance(0.6) ? 0 : int.MaxValue,
            Replicates = luck.Chance(0.7),
            HelpsLateWorkers = true,
        };
        var schedule = new Schedule(seed, scenario, workers, plan, DrawTimes(luck, seed, workers));
        return luck.Chance(0.15) ? schedule.WithLateWorkers(luck) : schedule;
    }

    /// <summary>A rule that evaluates as versions pass stops later than one that stops there.</summary>
    public Schedule WithoutTarget() => this with { Scenario = Scenario with { TargetAccuracy = null }, Plan = Plan with { TargetAccuracy = null } };

    /// <summary>The same cluster, calm, under another rule.</summary>
    public Schedule WithRule(string rule)
    {
        var scenario = Scenario with { Rule = rule };
        var plan = scenario.Plan(Plan.Map.Partitions.Length, Plan.Cuts);
        return this with { Scenario = scenario, Plan = Plan with { Rules = plan.Rules } };
    }

    /// <summary>The same cluster with kills inside its calm life, many of them while a milestone is under way, and half the time with faults of every kind.</summary>
    public Schedule WithFaults(RunRecord calm)
    {
        var luck = new LuckStream(Luck.Key(Seed, LuckPurpose.Faults, 78));
        var killed = WithKills(luck, calm);
        return luck.Chance(PlansPart) ? killed.WithPlan(luck, calm) : killed;
    }

    private Schedule WithKills(LuckStream luck, RunRecord calm)
    {
        var kills = new List<Kill>();
        for (var count = luck.Below(5); count > 0; count--)
        {
            var at = DrawTime(luck, calm);
            kills.Add(DrawKill(luck, at));
            if (luck.Chance(0.15))
            {
                kills.Add(DrawKill(luck, at));
            }

            if (luck.Chance(0.1))
            {
                kills.Add(new Kill(at, NodeName.Coordinator, TimeSpan.FromMilliseconds(luck.Uniform() * 20)));
                kills.Add(new Kill(at, DrawServer(luck), TimeSpan.FromMilliseconds(luck.Uniform() * 20)));
            }
        }

        return this with
        {
            EndEarlyAt = luck.Chance(0.15) ? DrawTime(luck, calm) : null,
            Options = Options with
            {
                Links = new LinkModel
                {
                    Latency = DelayLaw.Shifted(TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(luck.Chance(0.3) ? 5000 : 200)),
                    DuplicateProbability = luck.Chance(0.6) ? 0.15 : 0,
                },
                SpoilProbability = luck.Chance(0.5) ? 0.3 : 0,
                LoseDiskProbability = Plan.Replicates && luck.Chance(0.6) ? 0.4 : 0,
                Kills = kills,
            },
        };
    }

    /// <summary>The kills become part of the plan, which then says all that happens to the cluster once its first generation is open.</summary>
    private Schedule WithPlan(LuckStream luck, RunRecord calm)
    {
        var began = calm.Began ?? TimeSpan.Zero;
        var length = calm.Result.VirtualTime - began + TimeSpan.FromMilliseconds(4);
        var drawn = FaultPlan.Draw(Seed, Nodes, length, new FaultDrawOptions { Most = MostFaults });
        var plan = drawn with
        {
            Faults =
            [
                .. drawn.Faults.Select(fault => luck.Chance(0.25) ? fault with { Start = FaultStart.Version(luck.Below(Scenario.Versions)) } : fault),
                .. Options.Kills.Where(kill => kill.At >= began).Select(kill => kill.ToFault(began)),
            ],
        };
        return this with
        {
            Options = Options with
            {
                Faults = plan,
                Kills = [.. Options.Kills.Where(kill => kill.At < began)],
                Rejoin = Exponential(5000),
                Silence = luck.Chance(0.5) ? TimeSpan.FromMilliseconds(5) : Options.Silence,
                Deadline = EndOf(plan, calm),
            },
        };
    }

    /// <summary>Long after the last fault is over, even if one slow worker has to do everything again.</summary>
    private TimeSpan EndOf(FaultPlan plan, RunRecord calm) =>
        TimeSpan.FromMinutes(2) + (calm.Result.VirtualTime * 100) + plan.Faults.Max(fault => fault.Start.At ?? TimeSpan.Zero) * 2;

    private ActorId[] Nodes =>
    [
        ActorId.Coordinator,
        .. Enumerable.Range(0, Plan.Map.Partitions.Length).Select(ActorId.Server),
        .. Enumerable.Range(0, Workers).Select(ActorId.Worker),
    ];

    private static SimulationOptions DrawTimes(LuckStream luck, ulong seed, int workers)
    {
        var times = SimulationOptions.Jittery(seed);
        return times with
        {
            ServerWork = Exponential(luck.Chance(0.3) ? 3000 : 100),
            Store = Exponential(luck.Chance(0.3) ? 15_000 : 1500),
            Service = times.Service with { SlowDown = Enumerable.Range(0, workers).Where(_ => luck.Chance(0.1)).ToDictionary(worker => worker, _ => 10.0) },
        };
    }

    private static DelayLaw Exponential(double microseconds) => DelayLaw.Exponential(TimeSpan.FromMicroseconds(microseconds));

    public override string ToString() =>
        $"seed {Seed}: {Scenario}, {Workers} workers, {Plan.Map.Partitions.Length} servers, updates inline up to {Plan.InlineUpdateLength}, {Plan.Cuts}, replicates {Plan.Replicates}, end early {EndEarlyAt}, slow [{string.Join(", ", Options.Service.SlowDown)}], kills [{string.Join("; ", Options.Kills)}], faults [{string.Join("; ", Options.Faults?.Faults ?? [])}]";

    /// <summary>Steps so long that a slow worker is late, and at least one such worker; a lone one takes its time.</summary>
    private Schedule WithLateWorkers(LuckStream luck) => this with
    {
        Options = Options with
        {
            Service = new ServiceModel
            {
                Law = Exponential(100_000),
                SlowDown = Options.Service.SlowDown.Keys.Append(luck.Below(Workers)).Distinct().ToDictionary(worker => worker, _ => 50.0),
            },
            Evaluation = Exponential(100_000),
            Deadline = TimeSpan.FromHours(2),
        },
    };

    private static TimeSpan DrawTime(LuckStream luck, RunRecord calm)
    {
        if (calm.Milestones.Count > 0 && luck.Chance(0.5))
        {
            var before = calm.Milestones[luck.Below(calm.Milestones.Count)] - TimeSpan.FromMilliseconds(luck.Uniform() * 4);
            return before > TimeSpan.Zero ? before : TimeSpan.Zero;
        }

        return calm.Result.VirtualTime * luck.Uniform();
    }

    private Kill DrawKill(LuckStream luck, TimeSpan at)
    {
        var downtime = TimeSpan.FromMilliseconds(luck.Uniform() * 40);
        var kind = luck.Below(4);
        if (kind < 2)
        {
            return new Kill(at, kind == 0 ? NodeName.Coordinator : DrawServer(luck), downtime);
        }

        // A worker other than the first may stay away for good; somebody has to end the run.
        var worker = luck.Below(Workers);
        return new Kill(at, new NodeName(Role.Worker, worker), worker > 0 && luck.Chance(0.3) ? Kill.ForGood : downtime);
    }

    private NodeName DrawServer(LuckStream luck) => new(Role.Server, luck.Below(Plan.Map.Partitions.Length));
}
