namespace DistNet.Hosting.Tests;

/// <summary>Real runs in this process, each in a folder of its own and with a deadline.</summary>
internal sealed class TrainingRuns : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private int _count;

    /// <summary>digits on 64-48-10: 3610 parameters, four blocks, so that three servers hold a partition each.</summary>
    public static TrainingOptions Digits { get; } = new()
    {
        Hidden = [48],
        Batch = 50,
        Epochs = null,
        Steps = 40,
        Lanes = 8,
        LearningRate = 0.05f,
    };

    /// <summary>A new run, in a new folder.</summary>
    public Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress? progress = null, CancellationToken stop = default) =>
        StartAsync(options with { Out = _folder.File($"run-{++_count}") }, progress, stop);

    /// <summary>Goes on with a run, by its stored configuration.</summary>
    public static Task<TrainingResult> ResumeAsync(
        TrainingResult stopped,
        Func<TrainingOptions, TrainingOptions>? change = null,
        ITrainingProgress? progress = null,
        CancellationToken stop = default)
    {
        var stored = RunFolder.Open(stopped.Run).ReadConfig() with { Resume = stopped.Run };
        return StartAsync(change is null ? stored : change(stored), progress, stop);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<TrainingResult> StartAsync(TrainingOptions options, ITrainingProgress? progress, CancellationToken stop) =>
        TrainingSession.RunAsync(options, progress ?? new Watcher(), stop).WaitAsync(Deadline, CancellationToken.None);
}
