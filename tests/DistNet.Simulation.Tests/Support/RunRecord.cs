using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>One simulated run and what was seen of it from outside.</summary>
internal sealed class RunRecord
{
    private RunRecord(Schedule schedule) => Schedule = schedule;

    public Schedule Schedule { get; }

    public SimulationResult Result { get; private set; } = null!;

    public Lineage Lineage { get; } = new();

    /// <summary>Versions of the complete cuts.</summary>
    public List<long> Cuts { get; } = [];

    /// <summary>When the last update was applied.</summary>
    public TimeSpan LastUpdate { get; private set; }

    /// <summary>When something was evaluated or a cut was complete.</summary>
    public List<TimeSpan> Milestones { get; } = [];

    /// <summary>Lanes that were computed a second time because their worker was late.</summary>
    public List<LaneLate> Late { get; } = [];

    public List<Scored> Scores { get; } = [];

    /// <summary>What was evaluated since the last generation opened.</summary>
    public HashSet<(long Version, double? TestLoss)> ScoredLately { get; } = [];

    public static RunRecord Of(Schedule schedule, Func<ActorId, IActor, IActor>? wrap = null, TraceTail? trace = null)
    {
        var record = new RunRecord(schedule);
        var blueprint = new ClusterBlueprint(schedule.Plan, schedule.Workers, () => new QuadraticRunner(schedule.Plan));
        using var host = new SimulationHost(wrap is null ? blueprint : blueprint with { Wrap = wrap }, schedule.Options);
        host.Observer = record.OnObserved;
        host.Tracer = record.Lineage.OnInput;
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
        switch (envelope)
        {
            case Envelope<GenerationOpened> opened:
                Lineage.OnOpened(opened.Message);
                ScoredLately.Clear();
                break;
            case Envelope<Scored> scored:
                Scores.Add(scored.Message);
                ScoredLately.Add((scored.Message.Version, scored.Message.TestLoss));
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
