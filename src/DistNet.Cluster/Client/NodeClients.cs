using System.Net.Http.Headers;

namespace DistNet.Cluster;

/// <summary>HTTP clients for nodes of a cluster, with its certificates and its token.</summary>
/// <param name="tls">How nodes are reached.</param>
/// <param name="token">What admits; null: only health is asked for.</param>
internal sealed class NodeClients(Tls tls, JoinToken? token)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer's beginning, and then each piece, is waited for.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(2);

    /// <summary>An answer's content: one attempt, and not for ever.</summary>
    /// <param name="client">The node.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="cancellationToken">Gives the asking up.</param>
    /// <param name="limit">How long its beginning, and then each piece, is waited for; null: two minutes.</param>
    /// <returns>At its beginning; the caller's to dispose.</returns>
    /// <exception cref="HttpRequestException">The node does not give it, or not in time.</exception>
    public static async Task<MemoryStream> GetAsync(HttpClient client, string path, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        var copy = new MemoryStream();
        await using var answer = await OpenAsync(client, path, limit ?? AnswerLimit, cancellationToken).ConfigureAwait(false);
        try
        {
            await answer.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterUnreachableException e)
        {
            throw new HttpRequestException(e.Message, e);
        }

        copy.Position = 0;
        return copy;
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

    private static async Task<AnswerStream> OpenAsync(HttpClient client, string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            return new AnswerStream(await client.GetStreamAsync(path, deadline.Token).ConfigureAwait(false), client.BaseAddress!.Authority, limit);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{client.BaseAddress} did not give {path} in time", e);
        }
    }
}
