using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Which units the final weights consist of, put together from the commands that servers were given, without the help of any actor's
/// own count. Several checkers read it.
/// </summary>
/// <param name="plan">What is trained.</param>
public sealed class Lineage(RunPlan plan)
{
    private readonly SortedDictionary<long, long> _starts = [];
    private readonly Dictionary<(long Generation, long Version), IReadOnlyList<ScaledUnit>> _commands = [];
    private readonly Dictionary<long, RulePhase> _phases = [];
    private readonly Dictionary<(long Generation, UnitId Unit), long> _reads = [];
    private readonly List<(long Generation, ApplyLog Log)> _finals = [];
    private (IReadOnlyList<LineageUpdate> Updates, string? Problem)? _read;

    /// <summary>The version that each generation began at.</summary>
    public IReadOnlyList<long> Starts => [.. _starts.Values];

    /// <summary>The logs that servers handed in at the end of the last generation.</summary>
    public IEnumerable<ApplyLog> FinalLogs => _finals.Where(final => final.Generation == _starts.Keys.Max()).Select(final => final.Log);

    public void OnObserved(Envelope envelope)
    {
        if (envelope is Envelope<GenerationOpened> opened)
        {
            OnOpened(opened.Message);
        }
    }

    public void OnInput(in Input input)
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

    /// <summary>The updates up to a version, when the run is over; as far as they are known, and what is wrong if they are not.</summary>
    public (IReadOnlyList<LineageUpdate> Updates, string? Problem) Read(long version) => _read ??= ReadAll(version);

    /// <summary>Numbers come again only when all nodes have lost their disks at once; what was before then counts no more.</summary>
    private void OnOpened(GenerationOpened opened)
    {
        foreach (var lost in _starts.Keys.Where(generation => generation >= opened.Generation).ToArray())
        {
            _starts.Remove(lost);
        }

        _starts[opened.Generation] = opened.Version;
        _finals.RemoveAll(final => final.Generation >= opened.Generation);
    }

    private (IReadOnlyList<LineageUpdate> Updates, string? Problem) ReadAll(long last)
    {
        var updates = new List<LineageUpdate>();
        for (long version = 1; version <= last; version++)
        {
            var generation = GenerationOf(version);
            var phase = _phases[generation];
            var isBarrier = plan.IsBarrier(phase);
            if ((isBarrier ? UnitsOf(phase, version) : CommandedIn(phase, generation, version)) is not { } units)
            {
                return (updates, $"nobody was told to apply version {version} in generation {generation}");
            }

            updates.Add(new LineageUpdate(version, generation, phase, isBarrier, units));
        }

        return (updates, null);
    }

    private List<LineageUnit>? CommandedIn(RulePhase phase, long generation, long version)
    {
        // Where a norm is clipped units are summed while the partition is at the version before.
        var command = _commands.GetValueOrDefault((generation, plan.ClipsNorm(phase) ? version - 1 : version));
        return command?.Select(unit => new LineageUnit(unit.Unit.Lane, unit.Unit.Step, unit.Samples, _reads[(generation, unit.Unit)])).ToList();
    }

    private List<LineageUnit> UnitsOf(RulePhase phase, long version)
    {
        var units = new List<LineageUnit>();
        var steps = plan.StepsOf(phase, version - 1);
        for (var step = steps.First; step < steps.End; step++)
        {
            for (var lane = 0; lane < plan.Lanes; lane++)
            {
                units.Add(new LineageUnit(lane, step, plan.Schedule.LaneRows(step, lane).Count, version - 1));
            }
        }

        return units;
    }

    /// <summary>The last generation that began before this version.</summary>
    private long GenerationOf(long version) => _starts.Last(start => start.Value < version).Key;
}
