using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// A sequenced rule's decisions, taken from the log of a run instead of anew: every unit begins on the version that it began on then, and every update
/// is of the same units. Needs nothing of the run's luck, machines or speed.
/// </summary>
public sealed class ReplayRule : SequencedRule
{
    private readonly SequencedRule _rule;
    private readonly RulePhase _phase;
    private readonly Dictionary<(int Lane, long Step), UnitRecord> _units = [];
    private readonly Dictionary<long, int> _unitsOf = [];
    private readonly Dictionary<long, int> _readersOf = [];
    private readonly Dictionary<int, List<long>> _stepsOf = [];

    /// <param name="rule">The rule that was in force.</param>
    /// <param name="phase">Where it began.</param>
    /// <param name="units">What it decided, in the order of updates.</param>
    public ReplayRule(SequencedRule rule, RulePhase phase, IEnumerable<UnitRecord> units)
    {
        (_rule, _phase) = (rule, phase);
        foreach (var unit in units)
        {
            Add(unit);
        }

        foreach (var steps in _stepsOf.Values)
        {
            steps.Sort();
        }
    }

    public override string Name => _rule.Name;

    public override LaneWeightsKind LaneWeights => _rule.LaneWeights;

    public override float Elasticity => _rule.Elasticity;

    public override long? StalenessBound(int lanes) => _rule.StalenessBound(lanes);

    public override double? MeanStaleness(int lanes) => _rule.MeanStaleness(lanes);

    public override bool KeepsHosts => LaneWeights != LaneWeightsKind.Parameters;

    public override int UnitsPerUpdate(int lanes) => _rule.UnitsPerUpdate(lanes);

    public override int UnitsAfter(long version, int lanes) => _unitsOf.GetValueOrDefault(version, int.MaxValue);

    public override bool MayStart(in LaneStanding lane, in RunStanding run) =>
        run.Version < run.Horizon
        && _units.TryGetValue((lane.Lane, lane.Step), out var unit)
        && unit.ReadVersion - _phase.FirstVersion == run.Version;

    public override bool IsDue(int lane, long step, long version) =>
        _units[(lane, step)].Version - _phase.FirstVersion == version + 1;

    public override bool MustWait(long version, long begunOnIt) => begunOnIt < _readersOf.GetValueOrDefault(version);

    public override long NextStep(int lane, long step)
    {
        if (!_stepsOf.TryGetValue(lane, out var steps))
        {
            return long.MaxValue;
        }

        var place = steps.BinarySearch(step);
        place = place < 0 ? ~place : place;
        return place < steps.Count ? steps[place] : long.MaxValue;
    }

    public override long OwnFrom(int lane, long step, long usual) => _units[(lane, step)].OwnFrom;

    /// <summary>Steps and versions are counted from where the rule began; where a lane's own steps begin is not.</summary>
    private void Add(in UnitRecord unit)
    {
        var step = unit.Step - _phase.FirstStep;
        _units.Add((unit.Lane, step), unit);
        Count(_unitsOf, unit.Version - 1 - _phase.FirstVersion);
        Count(_readersOf, unit.ReadVersion - _phase.FirstVersion);
        if (!_stepsOf.TryGetValue(unit.Lane, out var steps))
        {
            _stepsOf[unit.Lane] = steps = [];
        }

        steps.Add(step);
    }

    private static void Count(Dictionary<long, int> counts, long key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
