using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>A client of a cluster, through its coordinator's node.</summary>
/// <param name="contact">Says where that is; disposed with this.</param>
/// <param name="tls">How to reach it.</param>
/// <param name="token">What admits.</param>
public sealed class ClusterClient(IClusterContact contact, Tls tls, JoinToken token) : IDisposable
{
    private readonly NodeClients _clients = new(tls, token);
    private readonly ConcurrentDictionary<ClusterAddress, HttpClient> _http = [];

    /// <summary>A client of the cluster whose coordinator is there, for good.</summary>
    public ClusterClient(ClusterAddress coordinator, Tls tls, JoinToken token)
        : this(new KnownAddresses([coordinator]), tls, token)
    {
    }

    /// <summary>How long an answer, or the next sign of life of a run that is followed, is waited for.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a lost coordinator is waited for while a run is followed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public async Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken) =>
        await contact.StatusAsync(cancellationToken).ConfigureAwait(false)
        ?? await AskAsync<ClusterStatus>(() => new HttpRequestMessage(HttpMethod.Get, ApiPaths.Status), AnswerLimit, cancellationToken).ConfigureAwait(false);

    /// <summary>Begins a run, or goes on with one; its name. The folder to go on in is sent first, and so are weights to start from.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="sendsData">Nodes fetch the data from the coordinator's node.</param>
    /// <param name="giveUpAfter">How long it waits for want of nodes; null: as long as it takes.</param>
    /// <param name="cancellationToken">Gives the asking up.</param>
    /// <exception cref="UsageException">The cluster refuses it, and why.</exception>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public async Task<string> BeginAsync(TrainingOptions options, bool sendsData, TimeSpan? giveUpAfter, CancellationToken cancellationToken)
    {
        var resume = options.Resume is { } folder ? await SendFolderAsync(RunFolder.Open(folder), cancellationToken).ConfigureAwait(false) : null;
        var initial = options is { Resume: null, InitFrom: { } file } ? await SendWeightsAsync(file, cancellationToken).ConfigureAwait(false) : null;
        var request = new RunRequest(EffectiveConfig.ToJson(options), sendsData, giveUpAfter?.TotalSeconds, resume, initial);
        var begun = await AskAsync<RunBegun>(
            () => new HttpRequestMessage(HttpMethod.Post, ApiPaths.Runs) { Content = JsonContent.Create(request, options: FeedLine.Json) },
            Timeout.InfiniteTimeSpan,
            cancellationToken).ConfigureAwait(false);
        return begun.Run;
    }

    /// <summary>Asks the run in progress to end; its name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public async Task<string> StopAsync(bool checkpoint, CancellationToken cancellationToken) => (await AskAsync<RunBegun>(
        () => new HttpRequestMessage(HttpMethod.Post, $"{ApiPaths.Stop}?checkpoint={(checkpoint ? "true" : "false")}"), AnswerLimit, cancellationToken).ConfigureAwait(false)).Run;

    /// <summary>A node's recent log.</summary>
    /// <exception cref="UsageException">The node is not there.</exception>
    public async Task<string> LogAsync(string node, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, ApiPaths.NodeLogOf(node)), AnswerLimit, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Follows the latest run from its beginning to its end. A coordinator that is lost, or that has yet to hear from the others which run there
    /// is, is waited for, as long as <see cref="Patience"/>; what it tells again is not told again.
    /// </summary>
    /// <exception cref="TrainingFailedException">The run failed.</exception>
    /// <exception cref="ClusterGaveUpException">It waited too long for nodes.</exception>
    /// <exception cref="ClusterUnreachableException">The coordinator does not come back.</exception>
    public async Task<TrainingResult> FollowAsync(ITrainingProgress progress, CancellationToken cancellationToken)
    {
        var reader = new FeedReader(progress);
        var lost = TimeSpan.Zero;
        var watch = new System.Diagnostics.Stopwatch();
        while (true)
        {
            try
            {
                if (await ReadFeedAsync(reader, watch, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or ClusterUnreachableException or UsageException)
            {
                watch.Start();
                lost = watch.Elapsed;
                if (lost > Patience)
                {
                    throw new ClusterUnreachableException($"the coordinator was lost while its run was followed: {e.Message}");
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks again until the cluster answers, but not for longer than <see cref="Patience"/>.</summary>
    public async Task<T> InsistAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception e) when (e is ClusterUnreachableException or IOException && watch.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Copies the latest run's folder.</summary>
    public async Task FetchFolderAsync(string to, CancellationToken cancellationToken)
    {
        var files = await AskAsync<string[]>(() => new HttpRequestMessage(HttpMethod.Get, ApiPaths.Files), AnswerLimit, cancellationToken).ConfigureAwait(false);
        foreach (var file in files)
        {
            using var response = await SendAsync(
                () => new HttpRequestMessage(HttpMethod.Get, ApiPaths.FileOf(file)), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            var path = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            AtomicFile.Write(path, content.CopyTo);
        }
    }

    public void Dispose()
    {
        foreach (var http in _http.Values)
        {
            http.Dispose();
        }

        contact.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The folder's name, under which the cluster has it now.</summary>
    private async Task<string> SendFolderAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var run = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Root)));
        foreach (var file in folder.Files)
        {
            await AskAsync<RunBegun>(
                () => new HttpRequestMessage(HttpMethod.Put, ApiPaths.FolderFileOf(run, file)) { Content = new StreamContent(File.OpenRead(Path.Combine(folder.Root, file))) },
                Timeout.InfiniteTimeSpan,
                cancellationToken).ConfigureAwait(false);
        }

        return run;
    }

    /// <summary>The file's SHA-256, by which the cluster knows it.</summary>
    private async Task<string> SendWeightsAsync(string path, CancellationToken cancellationToken)
    {
        string hash;
        await using (var file = InitialWeights.Open(path))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        }

        await AskAsync<RunBegun>(
            () => new HttpRequestMessage(HttpMethod.Put, ApiPaths.InitialOf(hash)) { Content = new StreamContent(InitialWeights.Open(path)) },
            Timeout.InfiniteTimeSpan,
            cancellationToken).ConfigureAwait(false);
        return hash;
    }

    private async Task<TrainingResult?> ReadFeedAsync(FeedReader reader, System.Diagnostics.Stopwatch lost, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, ApiPaths.Feed), AnswerLimit, cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await ReadLineAsync(lines, cancellationToken).ConfigureAwait(false) is { } line)
        {
            lost.Reset();
            if (reader.Read(line) is { } result)
            {
                return result;
            }
        }

        throw new IOException("the connection closed");
    }

    private async Task<string?> ReadLineAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AnswerLimit);
        try
        {
            return await lines.ReadLineAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("it is silent", e);
        }
    }

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<T>(FeedLine.Json, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>The answer, its head read; the caller's to dispose.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, TimeSpan limit, CancellationToken cancellationToken)
    {
        var coordinator = await contact.FindAsync(cancellationToken).ConfigureAwait(false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        HttpResponseMessage response;
        try
        {
            using var request = create();
            response = await _http.GetOrAdd(coordinator, _clients.For).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
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
            return new ClusterUnreachableException($"{coordinator} is no coordinator of a cluster: {(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }
}

/// <summary>There is no cluster to talk to; the message says why.</summary>
public class ClusterUnreachableException(string message) : Exception(message);

/// <summary>A node answers, but the coordinator is not there, or not yet.</summary>
internal sealed class CoordinatorElsewhereException(string message) : ClusterUnreachableException(message);

/// <summary>A run ended because it waited too long for nodes; the message says for which.</summary>
public sealed class ClusterGaveUpException(string message) : Exception(message);
