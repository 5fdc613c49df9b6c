using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>What nodes of a cluster find each other by, and what drives their actors.</summary>
internal interface IControlEngine
{
    /// <summary>A node's control plane, and what drives the actors that run on the node.</summary>
    public (IControlPlane Plane, IActorRunner Runner) Create(ControlContext node);
}

/// <summary>A node, as its control plane knows it.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Card">Where the node is.</param>
/// <param name="Port">On which it listens.</param>
/// <param name="Tls">How others are reached.</param>
/// <param name="Lives">On a coordinator's node: numbers for lives.</param>
/// <param name="Pool">Of this node.</param>
/// <param name="Faults">What goes wrong on purpose; null: nothing.</param>
/// <param name="Log">Hears of nodes and connections.</param>
internal sealed record ControlContext(NodeOptions Options, NodeCard Card, int Port, Tls Tls, LifeNumbers Lives, TensorPool Pool, NodeFaults? Faults, ILogger Log)
{
    /// <summary>As the node introduces itself before it has been given a life.</summary>
    public Hello Hello => new(WireProtocol.Version, ConnectionKind.Control, Options.Token.Text, Options.Role, Options.Index, 0, Card);

    /// <summary>Who may come, on a coordinator's node.</summary>
    public NodeRegister NewRegister() => new(Options.AllowsMixedArithmetic ? null : Card.Probe, WireProtocol.Version, Lives);
}

/// <summary>A control plane to which others connect at the node's own door.</summary>
internal interface IControlDoor
{
    /// <summary>Serves a node that has said hello and whose token is right, until it is gone.</summary>
    public Task ServeAsync(Stream stream, Hello hello, TensorPool pool, CancellationToken cancellationToken);
}

/// <summary>A control plane whose messages cannot be as long as they like.</summary>
internal interface IRunGate
{
    /// <exception cref="UsageException">A message of the run may be too long; says what to change.</exception>
    public void Require(RunOrder order);
}

/// <summary>A control plane that answers over HTTP at the node's own door.</summary>
internal interface IControlHttp
{
    public void Map(WebApplication app);
}

/// <summary>The engine that needs nothing else: the coordinator is where all others go.</summary>
internal sealed class BuiltInEngine : IControlEngine
{
    public static readonly BuiltInEngine Instance = new();

    public (IControlPlane Plane, IActorRunner Runner) Create(ControlContext node) => (PlaneOf(node), new ThreadRunner());

    private static IControlPlane PlaneOf(ControlContext node) => node.Options.Role == Role.Coordinator
        ? new ControlServer(
            new NodeLife(ActorId.Coordinator, node.Lives.Next(), node.Card), node.NewRegister(), node.Options.Times, TimeProvider.System, node.Log, node.Faults)
        : new ControlClient(node.Options.Join[0], node.Tls, node.Hello, node.Pool, node.Options.Times, TimeProvider.System, node.Log, node.Faults);
}
