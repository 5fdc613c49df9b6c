using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.Singleton;
using DistNet.Hosting;
using DistNet.Protocol;
using AkkaAddress = Akka.Actor.Address;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka;

/// <summary>
/// The control plane of a node that can be the coordinator's: while the cluster's singleton is here, the coordinator is. It moves to another such node
/// when this one leaves or dies.
/// </summary>
internal sealed class SeatPlane(ControlContext node, AkkaSettings settings) : AkkaPlane(node, settings), IClusterWatcher, IRunGate
{
    /// <summary>Cluster role of nodes that can be the coordinator's.</summary>
    public const string Role = "coordinator";

    public const string ManagerName = "seat";
    public const string SingletonName = "coordinator";

    /// <summary>Path of the singleton, for clients.</summary>
    public const string SingletonPath = $"/user/{ManagerName}/{SingletonName}";

    private const int FewestNodes = 64;

    private readonly SeatMembers _members = new(node.NewRegister(), TimeProvider.System);
    private readonly RunTeller _teller = new();
    private volatile IActorRef? _seat;

    /// <summary>Address of the door of a node that can be the coordinator's, whose actor system is on the port after it.</summary>
    public static string DoorOf(AkkaAddress address) => new ClusterAddress(address.Host ?? "", (address.Port ?? 0) - 1).ToString();

    public override void Send(ActorId node, Envelope envelope)
    {
        if (_seat is { } seat && _members.RefOf(node) is { } member)
        {
            member.Tell(new Mail(envelope), seat);
        }
        else
        {
            envelope.Recycle();
        }
    }

    public override void Expel(ActorId node, long life, string reason) => _seat?.Tell(new SeatActor.Expulsion(node, life, reason));

    public override NodeLife? Find(ActorId node) => _members.Find(node);

    public override TimeSpan? SinceHeard(ActorId node) => _members.SinceHeard(node);

    /// <summary>Nodes that come while the run goes on, and those that are missed, are told of too.</summary>
    public void Require(RunOrder order) => FrameBudget.Check(RunSize.Of(order, order.Plan(), Math.Max(FewestNodes, 4 * _members.Doors.Count)), System.Settings.Config);

    public ITrainingProgress RunBegins(TrainingOptions options, string folder)
    {
        _teller.Begin(Path.GetFileName(folder));
        _seat?.Tell(SeatActor.News.Instance);
        return _teller;
    }

    public void RunEnds(string how, TrainingResult? result) => _seat?.Tell(SeatActor.News.Instance);

    public void Saw(ClusterStatus status) => _teller.Saw(status);

    protected override void Begin(ActorSystem system)
    {
        var listener = (ICoordinatorListener)Listener;
        var seat = Props.Create(() => new SeatActor(Node, listener, _members, _teller, Known, Seated, LookAroundAsync)).WithDispatcher(SystemConfig.SeatDispatcher);
        var settings = ClusterSingletonManagerSettings.Create(system).WithSingletonName(SingletonName).WithRole(Role);
        ClusterClientReceptionist.Get(system);
        system.ActorOf(ClusterSingletonManager.Props(seat, SeatActor.StandDown.Instance, settings), ManagerName);
        system.ActorOf(Props.Create(() => new StandbyActor(listener)), "standby");
    }

    private void Seated(IActorRef? seat) => _seat = seat;

    protected override async Task EndAsync()
    {
        _seat = null;
        await ((ICoordinatorListener)Listener).StandDownAsync().ConfigureAwait(false);
        _members.Clear();
    }
}
