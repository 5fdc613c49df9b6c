using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>Counts what workers send to servers: the gradients' bytes, headers left out.</summary>
internal sealed class PushProbe : Probe
{
    public long Bytes { get; private set; }

    public override void OnInput(ActorId actor, in Input input)
    {
        if (input.Body is Envelope<Push> push)
        {
            Bytes += (long)push.Message.Gradient.Length * sizeof(float);
        }
    }
}
