using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>Sees the parameters of each version once, when the first worker that computes on it is sent them. For one server.</summary>
/// <param name="onVersion">Takes the version and its weights, which are valid during the call only.</param>
internal sealed class WeightsProbe(WeightsProbe.See onVersion) : Probe
{
    private long _seen = -1;

    public delegate void See(long version, ReadOnlySpan<float> weights);

    public override void OnInput(ActorId actor, in Input input)
    {
        if (input.Body is Envelope<Parameters> parameters && parameters.Message.Version > _seen)
        {
            _seen = parameters.Message.Version;
            onVersion(_seen, parameters.Message.Values.Span);
        }
    }
}
