using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>
/// Forces lanes into a round robin in which each reads what the one before it has just written, as the published analysis of EASGD has it and no free-running
/// schedule does. The sequencer inside is told of a horizon one unit ahead, so that it has one unit in flight, always that of lane 0; its n-th unit is handed
/// to lane n mod P as that lane's unit n / P. Rule, servers and workers are as they are. For one server, and a worker for each lane.
/// </summary>
/// <param name="sequencer">The sequencer.</param>
/// <param name="lanes">P.</param>
internal sealed class Turns(IActor sequencer, int lanes) : IActor
{
    private Outbox? _inner;
    private Placement _placement;
    private long _generation;
    private long _horizon;
    private long _version;

    public void Handle(in Input input, Outbox outbox)
    {
        _inner ??= new Outbox(outbox.Owner, input.Number);
        Pass(input, outbox);
    }

    private void Pass(in Input input, Outbox outbox)
    {
        var version = _version;
        if (input.Kind != InputKind.Message)
        {
            sequencer.Handle(input, _inner!);
        }
        else
        {
            sequencer.Handle(Input.Message(input.Now, Translated(input.Envelope)), _inner!);
        }

        Relay(outbox);
        if (_version > version && _version < _horizon)
        {
            Pass(Input.Message(input.Now, Envelope<RunUntil>.Rent(ActorId.Coordinator, 0, outbox.Owner, new RunUntil(_generation, _horizon))), outbox);
        }
    }

    private Envelope Translated(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<RunUntil> until:
                (_generation, _horizon) = (until.Message.Generation, until.Message.Version);
                return With(envelope, until.Message with { Version = Math.Min(_horizon, _version + 1) });
            case Envelope<Placement> placement:
                _placement = placement.Message;
                return envelope;
            case Envelope<Held> held:
                return With(envelope, held.Message with { Unit = Counted(held.Message.Unit) });
            default:
                return envelope;
        }
    }

    private void Relay(Outbox outbox)
    {
        for (var i = 0; i < _inner!.Count; i++)
        {
            switch (_inner[i].Body)
            {
                case Envelope<Apply> apply:
                    outbox.Send(apply.To, InTurn(apply.Message));
                    break;
                case Envelope<Progress> progress:
                    _version = progress.Message.Version;
                    outbox.Send(progress.To, progress.Message with { IsDrained = progress.Message.IsDrained && _version >= _horizon, Horizon = _horizon });
                    break;
                default:
                    outbox.Pass(_inner[i]);
                    break;
            }
        }

        _inner.Clear();
    }

    private Apply InTurn(in Apply command) => command with
    {
        Units = [.. command.Units.Select(unit => unit with { Unit = InTurn(unit.Unit) })],
        Dropped = [.. command.Dropped.Select(InTurn)],
        Starts = [.. command.Starts.Select(InTurn)],
    };

    private UnitId InTurn(UnitId unit) => unit with { Lane = (int)(unit.Step % lanes), Step = unit.Step / lanes };

    /// <summary>A lane's first unit begins anew, the others on its own weights.</summary>
    private LaneStart InTurn(LaneStart start)
    {
        var lane = (int)(start.Step % lanes);
        return start with { Lane = lane, Step = start.Step / lanes, Worker = _placement.HostOf(lane, lanes), OwnFrom = 0 };
    }

    private UnitId Counted(UnitId unit) => unit with { Lane = 0, Step = (unit.Step * lanes) + unit.Lane };

    private static Envelope With<T>(Envelope original, in T message)
        where T : struct, IMessage => Envelope<T>.Rent(original.From, original.FromIncarnation, original.To, message);
}
