using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>
/// Which units the final weights consist of, put together from the commands that servers were given, without the help of any actor's
/// own count.
/// </summary>
internal sealed class Lineage
{
    private readonly SortedDictionary<long, long> _starts = [];
    private readonly Dictionary<(long Generation, long Version), IReadOnlyList<ScaledUnit>> _commands = [];
    private readonly Dictionary<long, RulePhase> _phases = [];
    private readonly Dictionary<(long Generation, UnitId Unit), long> _reads = [];
    private readonly List<(long Generation, ApplyLog Log)> _finals = [];

    /// <summary>The version that each generation began at.</summary>
    public IReadOnlyList<long> Starts => [.. _starts.Values];

    /// <summary>Numbers come again only when all nodes have lost their disks at once; what was before then counts no more.</summary>
    public void OnOpened(GenerationOpened opened)
    {
        foreach (var lost in _starts.Keys.Where(generation => generation >= opened.Generation).ToArray())
        {
            _starts.Remove(lost);
        }

        _starts[opened.Generation] = opened.Version;
        _finals.RemoveAll(final => final.Generation >= opened.Generation);
    }

    public void OnInput(ActorId actor, Input input)
    {
        if (input.Kind != InputKind.Message)
        {
            return;
        }

        switch (input.Envelope)
        {
            case Envelope<Rewind> rewind:
                _phases[rewind.Message.Generation] = rewind.Message.Cut.Phase;
                break;
            case Envelope<Held> { Message: { Unit.Lane: >= 0 } held }:
                _reads[(held.Generation, held.Unit)] = held.ReadVersion;
                break;
            case Envelope<Apply> { Message.Units: [{ IsSum: false }, ..] } apply:
                _commands[(apply.Message.Generation, apply.Message.Version)] = apply.Message.Units;
                break;
            case Envelope<Final> final:
                _finals.Add((final.Message.Generation, final.Message.Log));
                break;
        }
    }

    /// <summary>What is wrong with a run, or null: every unit once, none staler than its rule allows, samples as counted, logs as commanded.</summary>
    public string? Problem(Schedule schedule, RunSummary summary)
    {
        var plan = schedule.Plan;
        var applied = new HashSet<(int Lane, long Step)>();
        var log = ApplyLog.Empty;
        for (long version = 1; version <= summary.Version; version++)
        {
            var generation = GenerationOf(version);
            var phase = _phases[generation];
            if (plan.IsBarrier(phase))
            {
                var steps = plan.StepsOf(phase, version - 1);
                log = log.Add(version, -1, version - 1, plan.SamplesOf(steps));
                if (!UnitsOf(plan, steps).All(applied.Add))
                {
                    return $"a unit of version {version} is contained twice";
                }
            }
            else if (ApplyProblem(plan, phase, generation, version, applied, ref log) is { } problem)
            {
                return problem;
            }
        }

        var samples = applied.Sum(unit => plan.Schedule.LaneRows(unit.Step, unit.Lane).Count);
        return samples != summary.Samples ? $"{samples} samples in the lineage, {summary.Samples} in the summary"
            : _finals.Where(final => final.Generation == _starts.Keys.Max()).All(final => final.Log == log) ? null
            : "a server's log is not the lineage";
    }

    private string? ApplyProblem(
        RunPlan plan, RulePhase phase, long generation, long version, HashSet<(int Lane, long Step)> applied, ref ApplyLog log)
    {
        // Where a norm is clipped units are summed while the partition is at the version before.
        if (!_commands.TryGetValue((generation, plan.ClipsNorm(phase) ? version - 1 : version), out var units))
        {
            return $"nobody was told to apply version {version} in generation {generation}";
        }

        var bound = plan.Rules[phase.Number].StalenessBound(plan.Lanes);
        foreach (var unit in units)
        {
            if (!applied.Add((unit.Unit.Lane, unit.Unit.Step)))
            {
                return $"{unit.Unit} is contained twice";
            }

            var staleness = version - 1 - _reads[(generation, unit.Unit)];
            if (staleness < 0 || staleness > bound)
            {
                return $"{unit.Unit} was applied with staleness {staleness}; {plan.Rules[phase.Number]} allows {bound}";
            }

            log = log.Add(version, unit.Unit.Lane, unit.Unit.Step, unit.Samples);
        }

        return null;
    }

    private static IEnumerable<(int Lane, long Step)> UnitsOf(RunPlan plan, StepRange steps)
    {
        for (var step = steps.First; step < steps.End; step++)
        {
            for (var lane = 0; lane < plan.Lanes; lane++)
            {
                yield return (lane, step);
            }
        }
    }

    /// <summary>The last generation that began before this version.</summary>
    private long GenerationOf(long version) => _starts.Last(start => start.Value < version).Key;
}
