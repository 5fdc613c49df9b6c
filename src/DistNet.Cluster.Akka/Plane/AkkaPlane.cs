using System.Net.Http.Json;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Configuration;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using AkkaAddress = Akka.Actor.Address;
using AkkaCluster = Akka.Cluster.Cluster;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka;

/// <summary>
/// A node's actor system and its place in the cluster. A node that the others have put out of the cluster ends its actor system, and comes back with
/// another: as a new incarnation, in a new life.
/// </summary>
internal abstract class AkkaPlane : IControlPlane, IControlHttp
{
    /// <summary>Name of every actor system.</summary>
    public const string SystemName = "distnet";

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly AkkaSettings _settings;
    private readonly CancellationTokenSource _end = new();
    private readonly DoorKnocker _knocker;
    private readonly OpenSearch<IReadOnlyList<string>> _search = new();
    private volatile ActorSystem? _system;
    private volatile bool _isLeaving;
    private IReadOnlyList<string> _invited = [];
    private Task _running = Task.CompletedTask;

    protected AkkaPlane(ControlContext node, AkkaSettings settings)
    {
        Node = node;
        _settings = settings;
        Known = new KnownDoors(node.Options.Directory);
        _knocker = new DoorKnocker(new NodeClients(node.Tls, node.Options.Token), resolves: !node.Options.Tls.IsOn);
    }

    /// <summary>The actor system of the moment.</summary>
    public ActorSystem System => _system ?? throw new InvalidOperationException("The node has not begun.");

    protected ControlContext Node { get; }

    protected KnownDoors Known { get; }

    protected IControlListener Listener { get; private set; } = null!;

    public bool IsMember => _system is { WhenTerminated.IsCompleted: false } system && AkkaCluster.Get(system).IsUp;

    public void Start(IControlListener listener)
    {
        Listener = listener;
        _running = Task.Run(RunAsync);
    }

    public abstract void Send(ActorId node, Envelope envelope);

    public abstract void Expel(ActorId node, long life, string reason);

    public abstract NodeLife? Find(ActorId node);

    public abstract TimeSpan? SinceHeard(ActorId node);

    public void Map(WebApplication app)
    {
        app.MapGet(AkkaDoor.Path, () => Results.Json(Door(), FeedLine.Json));
        app.MapPost(AkkaDoor.Path, (Delegate)HearInvitationAsync);
    }

    /// <summary>In good order as long as the actor system lives: it ends when the others know.</summary>
    public async Task LeaveAsync()
    {
        _isLeaving = true;
        if (_system is { WhenTerminated.IsCompleted: false } system && AkkaCluster.Get(system).SelfMember.Status is not (MemberStatus.Removed or MemberStatus.Down))
        {
            SayGoodbye();
            await WaitAsync(CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance)).ConfigureAwait(false);
        }

        await _end.CancelAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        if (_system is { } system)
        {
            await WaitAsync(system.Terminate()).ConfigureAwait(false);
        }

        await WaitAsync(_running).ConfigureAwait(false);
    }

    /// <summary>A new actor system is there, and joins: starts what runs in it.</summary>
    protected abstract void Begin(ActorSystem system);

    /// <summary>The actor system has ended. What ran in it is void.</summary>
    protected abstract Task EndAsync();

    /// <summary>Before the node leaves.</summary>
    protected virtual void SayGoodbye()
    {
    }

    /// <summary>
    /// A node that can be the coordinator's and begins anew, without its disk, does not know of the cluster that goes on without it, and forms another, which
    /// others may join that begin anew. Those that have a run and miss their coordinator ask it over; they move where it stays because of a run, and so do those
    /// that have none.
    /// </summary>
    protected async Task MeetOthersAsync(AkkaCluster cluster)
    {
        if (!cluster.IsUp)
        {
            return;
        }

        var answers = await _knocker.AskAsync(Node.Options.Join, _end.Token).ConfigureAwait(false);
        AkkaDoor[] elsewhere = [.. answers.Doors.Where(door => !IsOf(cluster, door))];
        if (elsewhere.Length > 0 && Listener is IMemberListener { HasRun: true } && !elsewhere.Any(door => door.Stays))
        {
            await _knocker.InviteAsync(Node.Options.Join, [.. cluster.State.Members.Where(IsUp).Where(IsNoSeat).Select(member => member.Address.ToString())], _end.Token).ConfigureAwait(false);
        }
        else if (elsewhere.Any(door => door.IsMember) && cluster.State.Members.All(IsNoSeat))
        {
            await cluster.System.Terminate().ConfigureAwait(false);
        }
    }

    /// <summary>A coordinator to which no server comes goes where another one's servers are: two clusters of one list are one too many.</summary>
    protected async Task LookAroundAsync(AkkaCluster cluster)
    {
        var answers = await _knocker.AskAsync(Node.Options.Join, _end.Token).ConfigureAwait(false);
        if (answers.Doors.FirstOrDefault(door => door.Stays && !IsOf(cluster, door)) is { } elsewhere && HasNothingToLose())
        {
            Node.Log.MovesToServers(elsewhere.Address);
            await cluster.System.Terminate().ConfigureAwait(false);
        }
    }

    private static bool IsOf(AkkaCluster cluster, AkkaDoor door) =>
        cluster.State.Members.Any(member => member.Address.ToString() == door.Address && member.UniqueAddress.Uid == door.Uid);

    private static bool IsUp(Member member) => member.Status is MemberStatus.Up or MemberStatus.WeaklyUp;

    private static bool IsNoSeat(Member member) => !member.HasRole(SeatPlane.Role);

    private static async Task WaitAsync(Task task)
    {
        try
        {
            await task.WaitAsync(EndLimit).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Whoever does not end in good order ends with the process.
        }
    }

    private AkkaDoor Door()
    {
        if (_system is not { } system)
        {
            return new AkkaDoor("", 0, 0, Stays: false);
        }

        var cluster = AkkaCluster.Get(system);
        var members = IsMember ? cluster.State.Members.Count : 0;
        return new AkkaDoor(cluster.SelfAddress.ToString(), cluster.SelfUniqueAddress.Uid, members, Listener is ICoordinatorListener { HasServers: true });
    }

    private async Task<IResult> HearInvitationAsync(HttpContext context)
    {
        var members = await context.Request.ReadFromJsonAsync<string[]>(FeedLine.Json).ConfigureAwait(false) ?? [];
        if (HasNothingToLose() && members.Length > 0 && !_search.TryBring(members) && IsMember)
        {
            Interlocked.Exchange(ref _invited, members);
            _ = System.Terminate();
        }

        return Results.NoContent();
    }

    /// <summary>The coordinator is here and no server has come to it for a run, or this node is alone, or in no cluster yet.</summary>
    private bool HasNothingToLose() => Listener is ICoordinatorListener coordinator && (coordinator.Journal is not null ? !coordinator.HasServers : Door().Members <= 1);

    private async Task RunAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested && !_isLeaving)
            {
                // Never on a thread, or in the scheduler, of the actor system that has just ended.
                await Task.Run(LiveAsync).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The node ends.
        }
        catch (ConfigurationException e)
        {
            // Some settings Akka looks at only when it needs them.
            Listener.OnFailed(new UsageException($"{ControlOptions.HoconOption}: Akka does not take these settings: {e.Message}"));
        }
        catch (Exception e)
        {
            Listener.OnFailed(e);
        }
    }

    /// <summary>One incarnation.</summary>
    private async Task LiveAsync()
    {
        using var system = Create();
        _system = system;
        var cluster = AkkaCluster.Get(system);
        Node.Log.AkkaListens(cluster.SelfAddress.ToString());
        var ended = system.WhenTerminated.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await JoinAsync(cluster).ConfigureAwait(false);
            cluster.RegisterOnMemberUp(Node.Log.IsMember);
            await BeginAsync(system, ended).ConfigureAwait(false);
            await ended.WaitAsync(_end.Token).ConfigureAwait(false);
            if (!_isLeaving)
            {
                Node.Log.IncarnationEnded("the others go on without it, or it was asked to join others");
            }
        }
        finally
        {
            await WaitAsync(system.Terminate()).ConfigureAwait(false);
            await EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A system that is ending already makes no actors; its end is waited for.</summary>
    private async Task BeginAsync(ActorSystem system, Task ended)
    {
        try
        {
            Begin(system);
        }
        catch (InvalidOperationException)
        {
            await Task.WhenAny(ended, Task.Delay(EndLimit, _end.Token)).ConfigureAwait(false);
            if (!ended.IsCompleted)
            {
                throw;
            }
        }
    }

    private async Task JoinAsync(AkkaCluster cluster)
    {
        var own = cluster.SelfAddress.ToString();
        var join = Node.Options.Join;
        var finder = new ClusterFinder(join, Known, _knocker, Node.Log);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(Node.Options.Times.Join);
        try
        {
            var through = await FindAsync(finder, own, limit.Token).ConfigureAwait(false);
            if (through.SequenceEqual([own]))
            {
                Node.Log.FormsCluster();
            }
            else
            {
                Node.Log.JoinsCluster(string.Join(", ", through));
            }

            cluster.JoinSeedNodes(through.Select(AkkaAddress.Parse));
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            await RefusedAsync(FormattableString.Invariant($"no cluster at {string.Join(", ", join)} for {Node.Options.Times.Join.TotalSeconds:F0} s; is one of these nodes running with --control akka?")).ConfigureAwait(false);
        }
        catch (NodeRefusedException e)
        {
            await RefusedAsync(e.Message).ConfigureAwait(false);
        }
    }

    private Task RefusedAsync(string reason)
    {
        Listener.OnRefused(reason);
        return Task.Delay(Timeout.Infinite, _end.Token);
    }

    /// <summary>Through whom to join: those that have asked this node over, before or while it searches, or those that it finds.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(ClusterFinder finder, string own, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _invited, []) is { Count: > 0 } invited)
        {
            return invited;
        }

        return await _search.RunAsync(token => finder.FindAsync(own, mayForm: Node.Options.Role == Role.Coordinator, token), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="UsageException">It cannot start like that.</exception>
    private ActorSystem Create()
    {
        var setup = SetupOf();
        try
        {
            return ActorSystem.Create(SystemName, setup);
        }
        catch (Exception e)
        {
            // Such as a port that another has, or a setting of the user's that Akka does not take. The cause is innermost.
            throw new UsageException($"{ControlOptions.Option} {ControlOptions.Akka}: cannot start Akka.Remote at {AkkaPlace.Of(Node).BindText}: {e.GetBaseException().Message}");
        }
    }

    private ActorSystemSetup SetupOf()
    {
        var place = AkkaPlace.Of(Node);
        Setup config = BootstrapSetup.Create().WithConfig(SystemConfig.OfNode(_settings, place, Node.Options.Role.ToString().ToLowerInvariant()));
        return ActorSystemSetup.Create([config, new NodeLogSetup(Node.Log), .. AkkaTls.SetupOf(Node.Options.Tls, Node.Tls)]);
    }
}
