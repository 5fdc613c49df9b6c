using System.Diagnostics;
using System.Text.Json;
using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Repeats a recorded run in this process, whoever computed it then.</summary>
public static class ReplaySession
{
    /// <summary>Repeats the run up to its last checkpoint, and compares. Writes nothing.</summary>
    /// <param name="path">The run folder.</param>
    /// <param name="threads">Threads that compute; null: one for each processor.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RunFolderException">The folder has no run that can be repeated.</exception>
    /// <exception cref="UsageException">Its data are not there any more.</exception>
    public static Task<ReplayResult> RunAsync(string path, int? threads, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(path, threads, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ReplayResult Run(string path, int? threads, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var folder = RunFolder.Open(path);
        var options = TrainingOptionsLoader.LoadStored(folder.ConfigPath);
        var data = DataLoader.Load(options);
        var summary = DataSummary.Of(data);
        if (folder.ReadModel().DataSha256 != summary.Sha256)
        {
            throw new UsageException($"--run: the data of the run in {path} have changed since; restore them");
        }

        var plan = RunPlanner.Plan(options, summary);
        var recorded = new CheckpointFolder(folder).ReadLatest(plan.Layout).Content;
        var updates = RecordedUpdates.Read(folder.UpdatesPath, plan, recorded.Version);
        var hash = Repeat(updates.Script(plan) with { TestSamples = 0, TargetAccuracy = null, Cuts = CutPolicy.Never }, data, options.Workers, threads ?? Environment.ProcessorCount, stop);
        return new ReplayResult(
            folder.Root, options.Mode, recorded.Version, updates.Units.Count, WeightsHash.Of(plan.Layout, recorded.Parameters.Span), hash, watch.Elapsed.TotalSeconds);
    }

    /// <summary>SHA-256 of the weights that the script ends at.</summary>
    private static string Repeat(RunPlan script, LoadedData data, int workers, int threads, CancellationToken stop)
    {
        var observer = new RunObserver(script, RunAccount.EpochsOf(script), Unwatched.Instance, metrics: null);
        using var runners = new NetworkRunners(script, data.Train, null, workers, threads);
        using (var host = new InProcessHost(
            script,
            new ActorHostOptions(workers, threads, runners.Create, observer.Observe),
            new CheckpointStorage(script, folder: null, resumed: null),
            TimeProvider.System))
        {
            host.Run(stop);
        }

        stop.ThrowIfCancellationRequested();
        return observer.WeightsSha256 ?? throw new TrainingFailedException(observer.Failure ?? "The run could not be repeated.");
    }
}

/// <summary>A run that was repeated.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="Mode">Its update rule.</param>
/// <param name="Version">Updates.</param>
/// <param name="Units">Units that the log names.</param>
/// <param name="RecordedSha256">Of the weights in its last checkpoint.</param>
/// <param name="ReplayedSha256">Of the weights now.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ReplayResult(string Run, string Mode, long Version, int Units, string RecordedSha256, string ReplayedSha256, double Seconds)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public bool IsSame => RecordedSha256 == ReplayedSha256;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">It is none.</exception>
    public static ReplayResult Parse(string json) => JsonSerializer.Deserialize<ReplayResult>(json, Json) ?? throw new JsonException("it is null");
}
