using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka;

/// <summary>The control plane on Akka.Cluster: membership by gossip, a coordinator that moves.</summary>
internal sealed class AkkaEngine : IControlEngine
{
    private readonly AkkaSettings _settings;

    private AkkaEngine(AkkaSettings settings) => _settings = settings;

    /// <exception cref="UsageException">The settings cannot be read.</exception>
    public static AkkaEngine Create(ControlOptions options) => new(AkkaSettings.Of(options));

    public (IControlPlane Plane, IActorRunner Runner) Create(ControlContext node)
    {
        AkkaPlane plane = node.Options.Role == Role.Coordinator ? new SeatPlane(node, _settings) : new MemberPlane(node, _settings);
        return (plane, new AkkaRunner(() => plane.System));
    }
}
