using System.Diagnostics;
using System.Text.Json;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Tools.Client;
using DistNet.Protocol;
using AkkaClient = Akka.Cluster.Tools.Client.ClusterClient;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Finds a cluster's coordinator from outside, through the receptionist of any node that can be the coordinator's: a client is no member, and sees
/// nothing of the cluster but what it asks for.
/// </summary>
internal sealed class AkkaContact : IClusterContact
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>An answer takes a moment. One that takes longer does not come: a node on its way has died, and it is asked again on another.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<ClusterAddress> _nodes;
    private readonly TlsOptions _tlsOptions;
    private readonly Tls _tls;
    private readonly JoinToken _token;
    private readonly DoorKnocker _knocker;
    private readonly Lock _lock = new();
    private Task<IActorRef>? _client;
    private ActorSystem? _system;
    private ClusterAddress? _found;

    /// <param name="nodes">Doors of nodes that can be the coordinator's.</param>
    /// <param name="tls">How they are reached.</param>
    /// <param name="token">What admits.</param>
    public AkkaContact(IReadOnlyList<ClusterAddress> nodes, TlsOptions tls, JoinToken token)
    {
        _nodes = nodes;
        _tlsOptions = tls;
        _tls = new Tls(tls);
        _token = token;
        _knocker = new DoorKnocker(new NodeClients(_tls, token), resolves: !tls.IsOn);
    }

    public async Task<ClusterAddress> FindAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_found is { } found)
            {
                return found;
            }
        }

        var told = await AskAsync(cancellationToken).ConfigureAwait(false);
        return ClusterAddress.Parse(told.Coordinator, "--cluster");
    }

    public void Lost(ClusterAddress address)
    {
        lock (_lock)
        {
            _found = _found == address ? null : _found;
        }
    }

    public async Task<ClusterStatus?> StatusAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ClusterStatus>((await AskAsync(cancellationToken).ConfigureAwait(false)).Json, FeedLine.Json);

    public async ValueTask DisposeAsync()
    {
        if (_system is { } system)
        {
            await Task.WhenAny(system.Terminate(), Task.Delay(EndLimit)).ConfigureAwait(false);
        }
    }

    /// <exception cref="ClusterUnreachableException">There is no answer.</exception>
    private async Task<StatusTold> AskAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var client = await ClientAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var answer = await client.Ask<Mail>(Question(), AskAgainAfter, cancellationToken).ConfigureAwait(false);
                return Keep(((Envelope<StatusTold>)answer.Envelope).Message);
            }
            catch (AskTimeoutException)
            {
                Drop(client);
            }

            if (watch.Elapsed > AnswerLimit)
            {
                throw new ClusterUnreachableException(FormattableString.Invariant($"the cluster at {Names} has no coordinator that answers within {AnswerLimit.TotalSeconds:F0} s"));
            }
        }
    }

    private AkkaClient.Send Question() => new(SeatPlane.SingletonPath, Mail.Of(default, 0, ActorId.Coordinator, new StatusAsked(_token.Text)), localAffinity: false);

    private StatusTold Keep(StatusTold told)
    {
        lock (_lock)
        {
            _found = ClusterAddress.Parse(told.Coordinator, "--cluster");
        }

        return told;
    }

    private void Drop(IActorRef client)
    {
        lock (_lock)
        {
            _client = _client is { IsCompletedSuccessfully: true } task && task.Result.Equals(client) ? null : _client;
        }

        _system!.Stop(client);
    }

    private string Names => string.Join(", ", _nodes);

    private Task<IActorRef> ClientAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _client is null or { IsFaulted: true } or { IsCanceled: true } ? _client = ConnectAsync(cancellationToken) : _client;
        }
    }

    /// <exception cref="ClusterUnreachableException">None of the nodes answers.</exception>
    private async Task<IActorRef> ConnectAsync(CancellationToken cancellationToken)
    {
        var answers = await _knocker.AskAsync(_nodes, cancellationToken).ConfigureAwait(false);
        var members = answers.Doors.Where(door => door.IsMember).ToArray();
        if (members.Length == 0)
        {
            throw new ClusterUnreachableException(answers.Refusal
                ?? (answers.Doors.Count == 0 ? $"no cluster answers at {Names}" : $"the nodes at {Names} have no cluster yet"));
        }

        _system ??= ActorSystem.Create("distnet-client", ActorSystemSetup.Create([BootstrapSetup.Create().WithConfig(SystemConfig.OfClient(AkkaPlace.TowardsNode(_nodes[0], _tls.Listens))), .. AkkaTls.SetupOf(_tlsOptions, _tls)]));
        var contacts = members.Select(door => ActorPath.Parse($"{door.Address}/system/receptionist"));
        var settings = ClusterClientSettings.Create(_system).WithInitialContacts([.. contacts]);
        return _system.ActorOf(AkkaClient.Props(settings));
    }
}
