using System.Net.Http.Headers;

namespace DistNet.Cluster;

/// <summary>HTTP clients for nodes of a cluster, with its certificates and its token.</summary>
/// <param name="tls">How nodes are reached.</param>
/// <param name="token">What admits; null: only health is asked for.</param>
internal sealed class NodeClients(Tls tls, JoinToken? token)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

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
