using System.Net.Http.Headers;

namespace DistNet.Cluster;

/// <summary>HTTP clients for nodes of a cluster, with its certificates and its token.</summary>
/// <param name="tls">How nodes are reached.</param>
/// <param name="token">What admits; null: only health is asked for.</param>
internal sealed class NodeClients(Tls tls, JoinToken? token)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take, its content with it.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(2);

    /// <summary>An answer's content: one attempt, and not for ever.</summary>
    /// <param name="client">The node.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="cancellationToken">Gives the asking up.</param>
    /// <param name="limit">How long it may take; null: two minutes.</param>
    /// <exception cref="HttpRequestException">The node does not give it, or not in time.</exception>
    public static async Task<byte[]> GetAsync(HttpClient client, string path, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit ?? AnswerLimit);
        try
        {
            return await client.GetByteArrayAsync(path, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{client.BaseAddress} did not give {path} in time", e);
        }
    }

    /// <summary>The caller's to dispose.</summary>
    public HttpClient For(ClusterAddress node)
    {
        var options = tls.ClientOptionsOrNone(node.Host);
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectLimit, UseProxy = false };
        if (options is not null)
        {
            handler.SslOptions = options;
        }

        return new HttpClient(handler)
        {
            BaseAddress = new Uri($"{(options is null ? "http" : "https")}://{node}"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Text) },
        };
    }
}
