using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>One simulated run of a schedule and what was seen of it from outside.</summary>
internal sealed class RunRecord
{
    private readonly RunCheckers _checkers;

    private RunRecord(Schedule schedule, bool isReference)
    {
        Schedule = schedule;
        var mayStop = schedule.EndEarlyAt is not null;
        var isBarrier = schedule.Plan.Rules is { Count: 1 } rules && rules[0] is BarrierRule;
        _checkers = new RunCheckers(
            schedule.Plan,
            mayStop,
            isBarrier && !isReference ? [new UndisturbedChecker(steps => UndisturbedRuns.Of(schedule.Scenario, steps), mayStop)] : []);
    }

    public Schedule Schedule { get; }

    public SimulationResult Result { get; private set; } = null!;

    /// <summary>What was wrong with the run, or null.</summary>
    public string? Problem => _checkers.Problem(Result);

    public Lineage Lineage => _checkers.Lineage;

    /// <summary>When the first generation opened.</summary>
    public TimeSpan? Began { get; private set; }

    /// <summary>Versions of the complete cuts.</summary>
    public List<long> Cuts { get; } = [];

    /// <summary>When the last update was applied.</summary>
    public TimeSpan LastUpdate { get; private set; }

    /// <summary>When something was evaluated or a cut was complete.</summary>
    public List<TimeSpan> Milestones { get; } = [];

    /// <summary>Lanes that were computed a second time because their worker was late.</summary>
    public List<LaneLate> Late { get; } = [];

    public List<Scored> Scores { get; } = [];

    /// <summary>Kinds of the faults that began.</summary>
    public List<FaultKind> Faults { get; } = [];

    /// <param name="schedule">What is run.</param>
    /// <param name="wrap">Puts an actor around or in place of a real one.</param>
    /// <param name="trace">Takes the last inputs.</param>
    /// <param name="isReference">The run is what others are compared with.</param>
    public static RunRecord Of(Schedule schedule, Func<ActorId, IActor, IActor>? wrap = null, TraceTail? trace = null, bool isReference = false)
    {
        var record = new RunRecord(schedule, isReference);
        var blueprint = new ClusterBlueprint(schedule.Plan, schedule.Workers, () => new QuadraticRunner(schedule.Plan));
        using var host = new SimulationHost(wrap is null ? blueprint : blueprint with { Wrap = wrap }, schedule.Options);
        host.Observer = record.OnObserved;
        host.Tracer = record._checkers.OnInput;
        host.Faulted = (_, _, fault) => record.Faults.Add(fault.Kind);
        trace?.Attach(host);
        if (schedule.EndEarlyAt is { } at)
        {
            host.SendAt(at, ActorId.Coordinator, default(EndEarly));
        }

        record.Result = host.Run();
        return record;
    }

    private void OnObserved(TimeSpan now, Envelope envelope)
    {
        _checkers.OnObserved(now, envelope);
        switch (envelope)
        {
            case Envelope<GenerationOpened>:
                Began ??= now;
                break;
            case Envelope<Scored> scored:
                Scores.Add(scored.Message);
                Milestones.Add(now);
                break;
            case Envelope<Advanced>:
                LastUpdate = now;
                break;
            case Envelope<LaneLate> late:
                Late.Add(late.Message);
                break;
            case Envelope<CutTaken> cut:
                Cuts.Add(cut.Message.Version);
                Milestones.Add(now);
                break;
        }
    }
}
