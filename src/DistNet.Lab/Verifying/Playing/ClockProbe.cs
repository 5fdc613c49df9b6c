using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>The lanes' clocks under a rule whose updates are steps: a lane has completed clock c when servers hold its unit of it. For one server.</summary>
/// <param name="lanes">P.</param>
internal sealed class ClockProbe(int lanes) : Probe
{
    private readonly long[] _clocks = new long[lanes];

    /// <summary>Clocks between the fastest and the slowest lane at most.</summary>
    public long GreatestGap { get; private set; }

    public override void OnInput(ActorId actor, in Input input)
    {
        if (actor == ActorId.Sequencer && input.Body is Envelope<Held> held)
        {
            _clocks[held.Message.Unit.Lane] = held.Message.Unit.Step + 1;
            GreatestGap = Math.Max(GreatestGap, held.Message.Unit.Step + 1 - _clocks.Min());
        }
    }
}
