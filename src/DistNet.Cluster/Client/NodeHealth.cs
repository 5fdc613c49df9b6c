namespace DistNet.Cluster;

/// <summary>A node's health, as it answers for itself. No token is needed.</summary>
/// <param name="IsGood">Whether it is what was asked for.</param>
/// <param name="Answer">Its words, one line.</param>
public sealed record NodeHealth(bool IsGood, string Answer)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>Asks whether a node's process serves. Does not depend on what it computes, or waits for.</summary>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public static Task<NodeHealth> AliveAsync(ClusterAddress node, Tls tls, CancellationToken cancellationToken) =>
        AskAsync(node, tls, ApiPaths.Alive, cancellationToken);

    /// <summary>Asks whether a node is part of its cluster.</summary>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public static Task<NodeHealth> ReadyAsync(ClusterAddress node, Tls tls, CancellationToken cancellationToken) =>
        AskAsync(node, tls, ApiPaths.Ready, cancellationToken);

    private static async Task<NodeHealth> AskAsync(ClusterAddress node, Tls tls, string path, CancellationToken cancellationToken)
    {
        using var client = new NodeClients(tls, token: null).For(node);
        client.Timeout = AnswerLimit;
        try
        {
            using var response = await client.GetAsync(path, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return new NodeHealth(response.IsSuccessStatusCode, answer.Split('\n')[0]);
        }
        catch (HttpRequestException e)
        {
            throw new ClusterUnreachableException($"no node answers at {node}: {(e.InnerException ?? e).Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterUnreachableException(FormattableString.Invariant($"the node at {node} does not answer within {AnswerLimit.TotalSeconds:F0} s"));
        }
    }
}
