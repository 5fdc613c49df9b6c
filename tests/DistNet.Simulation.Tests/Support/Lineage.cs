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

        if (input.Envelope is Envelope<Apply> { Message.Units: [{ IsSum: false }, ..] } apply)
        {
            _commands[(apply.Message.Generation, apply.Message.Version)] = apply.Message.Units;
        }
        else if (input.Envelope is Envelope<Final> final)
        {
            _finals.Add((final.Message.Generation, final.Message.Log));
        }
    }

    /// <summary>What is wrong with a sequenced run, or null: every unit once, samples as counted, logs as commanded.</summary>
    public string? Problem(Schedule schedule, RunSummary summary)
    {
        var applied = new HashSet<(int Lane, long Step)>();
        var log = ApplyLog.Empty;
        for (long version = 1; version <= summary.Version; version++)
        {
            // Where a norm is clipped units are summed while the partition is at the version before.
            var at = schedule.Plan.Clipping.Norm is null ? version : version - 1;
            if (!_commands.TryGetValue((GenerationOf(version), at), out var units))
            {
                return $"nobody was told to apply version {version} in generation {GenerationOf(version)}";
            }

            foreach (var unit in units)
            {
                if (!applied.Add((unit.Unit.Lane, unit.Unit.Step)))
                {
                    return $"{unit.Unit} is contained twice";
                }

                log = log.Add(version, unit.Unit.Lane, unit.Unit.Step, unit.Samples);
            }
        }

        var samples = applied.Sum(unit => schedule.Plan.Schedule.LaneRows(unit.Step, unit.Lane).Count);
        return samples != summary.Samples ? $"{samples} samples in the lineage, {summary.Samples} in the summary"
            : _finals.Where(final => final.Generation == _starts.Keys.Max()).All(final => final.Log == log) ? null
            : "a server's log is not the lineage";
    }

    /// <summary>The last generation that began before this version.</summary>
    private long GenerationOf(long version) => _starts.Last(start => start.Value < version).Key;
}
