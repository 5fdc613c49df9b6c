using System.Collections.Concurrent;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>Runs in one process that nothing disturbs; each is done once.</summary>
internal static class Undisturbed
{
    private static readonly ConcurrentDictionary<TrainingOptions, Lazy<Task<TrainingResult>>> Results = new();

    /// <summary>What the options come to. Who computes changes nothing, and neither does when checkpoints are taken.</summary>
    public static Task<TrainingResult> ResultAsync(TrainingOptions options)
    {
        var essence = options with { Lanes = options.LaneCount, Workers = 1, Servers = 1, Threads = 1, CheckpointEvery = null, Out = null };
        return Results.GetOrAdd(essence, static key => new(() => RunAsync(key))).Value;
    }

    private static async Task<TrainingResult> RunAsync(TrainingOptions options)
    {
        using var folder = new TemporaryFolder();
        return await TrainingSession.RunAsync(options with { Out = folder.In("run") }, new ToldProgress(), default);
    }
}
