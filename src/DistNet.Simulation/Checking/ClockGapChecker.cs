using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Under ssp the clocks that lanes have completed are at no moment more than s + 1 apart (Ho et al. 2013). A clock is complete when every server holds
/// its unit, or when the lane has no rows in it.
/// </summary>
/// <param name="plan">What is trained.</param>
public sealed class ClockGapChecker(RunPlan plan) : IRunChecker
{
    private readonly Dictionary<long, CompleteCut> _cuts = [];
    private readonly Dictionary<UnitId, HashSet<int>> _heldBy = [];
    private readonly long[] _clocks = new long[plan.Lanes];
    private long _generation = -1;
    private string? _problem;

    public void OnInput(ActorId actor, in Input input)
    {
        if (input.Kind != InputKind.Message)
        {
            return;
        }

        switch (input.Envelope)
        {
            case Envelope<Rewind> rewind:
                _cuts[rewind.Message.Generation] = rewind.Message.Cut;
                break;
            case Envelope<Held> { Message: { Unit.Lane: >= 0 } held } when actor.Role == Role.Sequencer && SlackIn(held.Generation) is { } slack:
                OnHeld(held, slack);
                break;
        }
    }

    public string? Problem(SimulationResult result) => _problem;

    /// <summary>s, where ssp is in force; else null.</summary>
    private long? SlackIn(long generation) =>
        _cuts.TryGetValue(generation, out var cut) && plan.Rules[cut.Phase.Number] is SequencedRule { LaneWeights: LaneWeightsKind.OwnSteps } rule
            ? rule.StalenessBound(plan.Lanes)
            : null;

    private void OnHeld(in Held held, long slack)
    {
        if (held.Generation > _generation)
        {
            Begin(held.Generation);
        }

        if (held.Generation < _generation || !IsComplete(held))
        {
            return;
        }

        var lane = held.Unit.Lane;
        _clocks[lane] = SkipEmpty(lane, Math.Max(_clocks[lane], held.Unit.Step + 1));
        var gap = held.Unit.Step + 1 - _clocks.Min();
        _problem ??= gap <= slack + 1 ? null : $"lane {lane} has completed clock {held.Unit.Step + 1}, of lanes' [{string.Join(", ", _clocks)}]: {gap} apart; ssp:{slack} allows {slack + 1}";
    }

    private void Begin(long generation)
    {
        _generation = generation;
        _heldBy.Clear();
        var cut = _cuts[generation];
        for (var lane = 0; lane < _clocks.Length; lane++)
        {
            _clocks[lane] = SkipEmpty(lane, cut.LaneClocks?[lane] ?? cut.Phase.FirstStep);
        }
    }

    private bool IsComplete(in Held held)
    {
        if (!_heldBy.TryGetValue(held.Unit, out var partitions))
        {
            _heldBy[held.Unit] = partitions = [];
        }

        return partitions.Add(held.Partition) && partitions.Count == plan.Map.Partitions.Length;
    }

    private long SkipEmpty(int lane, long step)
    {
        while (step < plan.TotalBatches && plan.Schedule.LaneRows(step, lane).Count == 0)
        {
            step++;
        }

        return step;
    }
}
