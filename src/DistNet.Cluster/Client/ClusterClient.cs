using System.Net.Http.Json;
using System.Security.Cryptography;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>A client of a cluster, through its coordinator's node.</summary>
/// <param name="contact">Says where that is; disposed with this.</param>
/// <param name="tls">How to reach it.</param>
/// <param name="token">What admits.</param>
public sealed class ClusterClient(IClusterContact contact, Tls tls, JoinToken token) : IDisposable
{
    /// <summary>How long a coordinator may take to check a run, whose data it reads for it.</summary>
    private static readonly TimeSpan BeginLimit = TimeSpan.FromMinutes(2);

    /// <summary>A connection that carries less is no use to a run.</summary>
    private const double LeastBytesPerSecond = 64 << 10;

    private readonly CoordinatorRequests _requests = new(contact, new NodeClients(tls, token));

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
        ?? await _requests.AskAsync<ClusterStatus>(new HttpRequestMessage(HttpMethod.Get, ApiPaths.Status), AnswerLimit, cancellationToken).ConfigureAwait(false);

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
        var begun = await _requests.AskAsync<RunBegun>(
            new HttpRequestMessage(HttpMethod.Post, ApiPaths.Runs) { Content = JsonContent.Create(request, options: FeedLine.Json) },
            BeginLimit,
            cancellationToken).ConfigureAwait(false);
        return begun.Run;
    }

    /// <summary>Asks the run in progress to end; its name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public async Task<string> StopAsync(bool checkpoint, CancellationToken cancellationToken) => (await _requests.AskAsync<RunBegun>(
        new HttpRequestMessage(HttpMethod.Post, $"{ApiPaths.Stop}?checkpoint={(checkpoint ? "true" : "false")}"), AnswerLimit, cancellationToken).ConfigureAwait(false)).Run;

    /// <summary>A node's recent log.</summary>
    /// <exception cref="UsageException">The node is not there.</exception>
    public Task<string> LogAsync(string node, CancellationToken cancellationToken) =>
        _requests.ReadAsync(ApiPaths.NodeLogOf(node), AnswerLimit, cancellationToken);

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
            catch (Exception e) when (e is ClusterUnreachableException or UsageException)
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
            catch (ClusterUnreachableException) when (watch.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Copies the latest run's folder.</summary>
    /// <exception cref="ClusterUnreachableException">The coordinator is lost on the way.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task FetchFolderAsync(string to, CancellationToken cancellationToken)
    {
        var files = await _requests.AskAsync<string[]>(new HttpRequestMessage(HttpMethod.Get, ApiPaths.Files), AnswerLimit, cancellationToken).ConfigureAwait(false);
        foreach (var file in files)
        {
            await using var content = await _requests.OpenAsync(ApiPaths.FileOf(file), AnswerLimit, cancellationToken).ConfigureAwait(false);
            var path = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, content.CopyTo);
        }
    }

    public void Dispose()
    {
        _requests.Dispose();
        contact.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The folder's name, under which the cluster has it now.</summary>
    private async Task<string> SendFolderAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var run = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Root)));
        foreach (var file in folder.Files)
        {
            await SendFileAsync(ApiPaths.FolderFileOf(run, file), File.OpenRead(Path.Combine(folder.Root, file)), cancellationToken).ConfigureAwait(false);
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

        await SendFileAsync(ApiPaths.InitialOf(hash), InitialWeights.Open(path), cancellationToken).ConfigureAwait(false);
        return hash;
    }

    /// <param name="path">Where it goes.</param>
    /// <param name="file">Disposed here.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    private Task SendFileAsync(string path, Stream file, CancellationToken cancellationToken) => _requests.AskAsync<RunBegun>(
        new HttpRequestMessage(HttpMethod.Put, path) { Content = new StreamContent(file) },
        AnswerLimit + TimeSpan.FromSeconds(file.Length / LeastBytesPerSecond),
        cancellationToken);

    private async Task<TrainingResult?> ReadFeedAsync(FeedReader reader, System.Diagnostics.Stopwatch lost, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(await _requests.OpenAsync(ApiPaths.Feed, AnswerLimit, cancellationToken).ConfigureAwait(false));
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            lost.Reset();
            if (reader.Read(line) is { } result)
            {
                return result;
            }
        }

        throw new ClusterUnreachableException("it closed the connection");
    }
}

/// <summary>There is no cluster to talk to; the message says why.</summary>
public class ClusterUnreachableException(string message) : Exception(message);

/// <summary>A node answers, but the coordinator is not there, or not yet.</summary>
internal sealed class CoordinatorElsewhereException(string message) : ClusterUnreachableException(message);

/// <summary>A run ended because it waited too long for nodes; the message says for which.</summary>
public sealed class ClusterGaveUpException(string message) : Exception(message);
