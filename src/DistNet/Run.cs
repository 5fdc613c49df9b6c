using DistNet.Hosting;

namespace DistNet;

/// <summary>From a call of <see cref="Trainer"/> to a session of the in-process host.</summary>
internal static class Run
{
    public static async Task<TrainedModel> TrainAsync(
        TrainingOptions options, TrainingData? data, IProgress<EpochReport>? progress, CancellationToken stop)
    {
        var asked = TrainingOptionsValidator.Checked(Name(options, data));
        if (asked.Resume is { } folder)
        {
            var stored = RunFolder.Open(folder).ReadConfig();
            asked = ResumedRun.WithStartOf(stored, asked);
            ResumedRun.RequireSameRun(stored, asked);
        }

        var memory = asked.Resume is null && asked.Out is null ? new RunMemory() : null;
        return await RunAsync(asked, data, memory, progress, stop).ConfigureAwait(false);
    }

    public static async Task<TrainedModel> ResumeAsync(
        TrainedModel model, Func<TrainingOptions, TrainingOptions>? change, IProgress<EpochReport>? progress, CancellationToken stop)
    {
        if (model.Folder is { } folder)
        {
            return await ResumeAsync(folder, model.Data, change, progress, stop).ConfigureAwait(false);
        }

        var asked = ResumedRun.WithStartOf(model.Options, TrainingOptionsValidator.Checked(change?.Invoke(model.Options) ?? model.Options));
        ResumedRun.RequireSameRun(model.Options, asked);
        return await RunAsync(asked, model.Data, new RunMemory(model.Snapshot), progress, stop).ConfigureAwait(false);
    }

    public static async Task<TrainedModel> ResumeAsync(
        string folder, TrainingData? data, Func<TrainingOptions, TrainingOptions>? change, IProgress<EpochReport>? progress, CancellationToken stop)
    {
        var stored = RunFolder.Open(folder).ReadConfig();
        var asked = change?.Invoke(stored) ?? stored;
        return await TrainAsync(asked with { Resume = folder, Out = null }, data, progress, stop).ConfigureAwait(false);
    }

    private static async Task<TrainedModel> RunAsync(
        TrainingOptions options, TrainingData? data, RunMemory? memory, IProgress<EpochReport>? progress, CancellationToken stop)
    {
        var watcher = new EpochWatcher(progress);
        var parts = (data?.Parts() ?? new SessionParts()) with { Memory = memory };
        var result = await TrainingSession.RunAsync(options, parts, watcher, stop).ConfigureAwait(false);
        if (result is { Stopped: true, Steps: 0 })
        {
            // Nothing was trained, so there is no checkpoint.
            throw new OperationCanceledException(stop);
        }

        var snapshot = memory?.Snapshot() ?? RunSnapshot.Read(RunFolder.Open(result.Run), watcher.Notice);
        return new TrainedModel(snapshot, result, watcher.Notices, data);
    }

    private static TrainingOptions Name(TrainingOptions options, TrainingData? data) =>
        data is null ? options : options with { Data = DataSource.MemoryPrefix + data.Train.Name };
}
