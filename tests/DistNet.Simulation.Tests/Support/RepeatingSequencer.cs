using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>
/// A sequencer that hands out one batch of a lane a second time, as the next: to all others every dispatch of step 2 is one of step 1; the
/// sequencer itself is left in the belief that it is step 2.
/// </summary>
internal sealed class RepeatingSequencer(IActor actor) : IActor
{
    private const long Repeated = 1;

    private readonly HashSet<long> _dispatches = [];
    private long _incarnation;

    public void Handle(in Input input, Outbox outbox)
    {
        var told = input is { Kind: InputKind.Message, Envelope: Envelope<Held> { Message: var held } envelope } && _dispatches.Contains(held.Unit.Dispatch)
            ? Input.Message(input.Now, Envelope<Held>.Rent(envelope.From, envelope.FromIncarnation, envelope.To, held with { Unit = held.Unit with { Step = Repeated + 1 } }))
            : input;
        _incarnation = input.Kind == InputKind.Started ? input.Number : _incarnation;
        var wishes = new Outbox(outbox.Owner, _incarnation);
        actor.Handle(told, wishes);
        for (var i = 0; i < wishes.Count; i++)
        {
            Pass(wishes[i], outbox);
        }
    }

    /// <summary>A sequencer sends and sets timers; it has neither tensors nor work.</summary>
    private void Pass(in Effect effect, Outbox outbox)
    {
        switch (effect)
        {
            case { Body: Envelope<Apply> { Message: var apply } envelope }:
                var starts = apply.Starts.Select(Falsify).ToArray();
                outbox.Send(envelope.To, apply with { Starts = starts, Units = [.. apply.Units.Select(unit => unit with { Unit = Falsify(unit.Unit) })], Dropped = [.. apply.Dropped.Select(Falsify)] });
                break;
            case { Body: Envelope<Progress> or Envelope<Milestone> or Envelope<Mark> }:
                outbox.Pass(effect);
                break;
            default:
                throw new InvalidOperationException($"A sequencer is not known to do this: {effect}.");
        }
    }

    private LaneStart Falsify(LaneStart start)
    {
        if (start.Step != Repeated + 1)
        {
            return start;
        }

        _dispatches.Add(start.Dispatch);
        return start with { Step = Repeated };
    }

    private UnitId Falsify(UnitId unit) => _dispatches.Contains(unit.Dispatch) ? unit with { Step = Repeated } : unit;
}
