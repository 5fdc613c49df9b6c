using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>
/// Requests to the coordinator's node, wherever that is now. Whatever goes wrong between here and there is one exception that says where, and the next
/// request may find the coordinator elsewhere; what the coordinator refuses is another. Many threads.
/// </summary>
/// <param name="contact">Says where the node is; the caller's to dispose.</param>
/// <param name="clients">The way to it.</param>
internal sealed class CoordinatorRequests(IClusterContact contact, NodeClients clients) : IDisposable
{
    private readonly ConcurrentDictionary<ClusterAddress, HttpClient> _http = [];

    /// <summary>An answer that is JSON.</summary>
    /// <param name="request">Disposed here.</param>
    /// <param name="limit">How long the answer may take, and the request on its way with it.</param>
    /// <param name="cancellationToken">Gives the asking up.</param>
    /// <exception cref="UsageException">The cluster refuses it, and why.</exception>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public async Task<T> AskAsync<T>(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var asked = request;
        var coordinator = await contact.FindAsync(cancellationToken).ConfigureAwait(false);
        using var response = await SendAsync(coordinator, request, HttpCompletionOption.ResponseContentRead, limit, cancellationToken).ConfigureAwait(false);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(FeedLine.Json, cancellationToken).ConfigureAwait(false) ?? throw NoCoordinator(coordinator, response);
        }
        catch (JsonException)
        {
            throw NoCoordinator(coordinator, response);
        }
    }

    /// <summary>An answer that is text.</summary>
    /// <exception cref="UsageException">The cluster refuses it, and why.</exception>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public async Task<string> ReadAsync(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var answer = await OpenAsync(path, limit, cancellationToken).ConfigureAwait(false);
        using var text = new StreamReader(answer);
        return await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An answer as it comes; the caller's to dispose.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="limit">How long its beginning, and then each piece, is waited for.</param>
    /// <param name="cancellationToken">Gives the asking up.</param>
    /// <exception cref="UsageException">The cluster refuses it, and why.</exception>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public async Task<Stream> OpenAsync(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        var coordinator = await contact.FindAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var response = await SendAsync(coordinator, request, HttpCompletionOption.ResponseHeadersRead, limit, cancellationToken).ConfigureAwait(false);
        return new AnswerStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), coordinator.ToString(), limit);
    }

    public void Dispose()
    {
        foreach (var http in _http.Values)
        {
            http.Dispose();
        }
    }

    private static ClusterUnreachableException NoCoordinator(ClusterAddress coordinator, HttpResponseMessage response) =>
        new($"{coordinator} is no coordinator of a cluster: {(int)response.StatusCode} {response.ReasonPhrase}");

    /// <summary>An answer that is no refusal; the caller's to dispose.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        ClusterAddress coordinator, HttpRequestMessage request, HttpCompletionOption until, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        HttpResponseMessage response;
        try
        {
            response = await _http.GetOrAdd(coordinator, clients.For).SendAsync(request, until, deadline.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(deadline.Token).ConfigureAwait(false);
            }
        }
        catch (HttpRequestException e)
        {
            contact.Lost(coordinator);
            throw new ClusterUnreachableException($"no cluster answers at {coordinator}: {(e.InnerException ?? e).Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            contact.Lost(coordinator);
            throw new ClusterUnreachableException(FormattableString.Invariant($"the cluster at {coordinator} does not answer within {limit.TotalSeconds:F0} s"));
        }

        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                throw await ProblemOfAsync(coordinator, response, cancellationToken).ConfigureAwait(false);
            }
        }

        return response;
    }

    private async Task<Exception> ProblemOfAsync(ClusterAddress coordinator, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                contact.Lost(coordinator);
            }

            var problems = await response.Content.ReadFromJsonAsync<Problems>(FeedLine.Json, cancellationToken).ConfigureAwait(false);
            var first = $"{coordinator}: {problems?.Lines?.FirstOrDefault() ?? response.ReasonPhrase}";
            return response.StatusCode == HttpStatusCode.ServiceUnavailable ? new CoordinatorElsewhereException(first)
                : response.StatusCode == HttpStatusCode.Unauthorized || problems?.Lines is not { Count: > 0 } lines ? new ClusterUnreachableException(first)
                : new UsageException(lines);
        }
        catch (JsonException)
        {
            return NoCoordinator(coordinator, response);
        }
    }
}
