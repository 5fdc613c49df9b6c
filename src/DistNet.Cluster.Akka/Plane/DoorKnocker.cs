using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Asks nodes at their own doors where their actor systems are: whoever has the token needs to know one address of a node, and a name that leads to several
/// nodes leads to all of them.
/// </summary>
/// <param name="clients">The way to doors.</param>
/// <param name="resolves">Whether names are looked up here, which certificates do not allow.</param>
internal sealed class DoorKnocker(NodeClients clients, bool resolves)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>The answers of those that answer; a node that is named twice answers once.</summary>
    public async Task<DoorAnswers> AskAsync(IEnumerable<ClusterAddress> nodes, CancellationToken cancellationToken)
    {
        var resolved = await Task.WhenAll(nodes.Distinct().Select(node => ResolveAsync(node, cancellationToken))).ConfigureAwait(false);
        var answers = await Task.WhenAll(resolved.SelectMany(all => all).Distinct().Select(node => AskAsync(node, cancellationToken))).ConfigureAwait(false);
        return new DoorAnswers([.. answers.Select(answer => answer.Door).OfType<AkkaDoor>().DistinctBy(door => door.Address)], answers.Select(answer => answer.Refusal).FirstOrDefault(refusal => refusal is not null));
    }

    /// <summary>Asks nodes to join another cluster; each knows whether it has anything to lose.</summary>
    /// <param name="nodes">Where it is, or may be.</param>
    /// <param name="members">Addresses of actor systems that it can join through.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task InviteAsync(IEnumerable<ClusterAddress> nodes, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        foreach (var node in nodes)
        {
            using var client = clients.For(node);
            client.Timeout = AnswerLimit;
            try
            {
                using var answer = await client.PostAsJsonAsync(AkkaDoor.Path, members, FeedLine.Json, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsSilence(e, cancellationToken))
            {
                // It is asked again soon.
            }
        }
    }

    private static bool IsSilence(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or JsonException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<IReadOnlyList<ClusterAddress>> ResolveAsync(ClusterAddress node, CancellationToken cancellationToken)
    {
        if (!resolves || IPAddress.TryParse(node.Host, out _))
        {
            return [node];
        }

        try
        {
            return [.. (await Dns.GetHostAddressesAsync(node.Host, cancellationToken).ConfigureAwait(false)).Select(ip => node with { Host = ip.ToString() })];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Both null: it is silent.</summary>
    private async Task<(AkkaDoor? Door, string? Refusal)> AskAsync(ClusterAddress node, CancellationToken cancellationToken)
    {
        using var client = clients.For(node);
        client.Timeout = AnswerLimit;
        try
        {
            return (await client.GetFromJsonAsync<AkkaDoor>(AkkaDoor.Path, FeedLine.Json, cancellationToken).ConfigureAwait(false), null);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.Unauthorized)
        {
            return (null, $"{node} has another token, or wants another certificate");
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return (null, $"{node} runs another control plane; give the same {ControlOptions.Option} everywhere");
        }
        catch (Exception e) when (IsSilence(e, cancellationToken))
        {
            return (null, null);
        }
    }
}

/// <summary>What nodes say that were asked where their actor systems are.</summary>
/// <param name="Doors">Of those that say it.</param>
/// <param name="Refusal">Why one of the others does not; null: none of them says anything.</param>
internal sealed record DoorAnswers(IReadOnlyList<AkkaDoor> Doors, string? Refusal);
