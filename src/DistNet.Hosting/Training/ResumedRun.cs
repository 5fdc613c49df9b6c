using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>A run that goes on, and what it may not do.</summary>
public static class ResumedRun
{
    /// <summary>The folder, and its latest checkpoint; none where the run had not come to one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="plan">The run as it is to go on.</param>
    /// <param name="data">The data it goes on with.</param>
    /// <param name="notice">Takes what is worth knowing, such as a damaged checkpoint that was passed over.</param>
    /// <exception cref="UsageException">The run cannot go on like that.</exception>
    /// <exception cref="RunFolderException">The folder is none, or has no checkpoint that can be read.</exception>
    public static (RunFolder Folder, CheckpointContent? Resumed) Open(string path, RunPlan plan, DataSummary data, Action<string> notice)
    {
        var folder = RunFolder.Open(path);
        RequireSameData(folder.ReadModel(), data, path);
        if (!File.Exists(folder.ManifestPath))
        {
            notice($"{path} has no checkpoint yet; its run begins anew");
            return (folder, null);
        }

        var reading = new CheckpointFolder(folder).ReadLatest(plan.Layout);
        foreach (var warning in reading.Warnings)
        {
            notice(warning);
        }

        RequireAhead(plan, reading.Content, path);
        return (folder, reading.Content);
    }

    /// <summary>Throws <see cref="UsageException"/> when what makes a run what it is has changed; names each such option.</summary>
    /// <param name="before">The run's options when it began.</param>
    /// <param name="now">Those it is to go on with.</param>
    public static void RequireSameRun(TrainingOptions before, TrainingOptions now)
    {
        var changed = OptionTable.Entries
            .Where(entry => entry is { Scope: OptionScope.Run, MayChangeOnResume: false } && entry.TextIn(before) != entry.TextIn(now))
            .Select(entry => $"--{entry.Name}: cannot change when a run goes on; it began with '{entry.TextIn(before)}', not '{entry.TextIn(now)}'")
            .ToArray();
        if (changed.Length > 0)
        {
            throw new UsageException(changed);
        }
    }

    /// <summary>
    /// A run that was given weights stores their hash. Where the options to go on with name the same file and no hash, they mean what was stored.
    /// </summary>
    /// <param name="before">The run's options when it began.</param>
    /// <param name="now">Those it is to go on with.</param>
    public static TrainingOptions WithStartOf(TrainingOptions before, TrainingOptions now) =>
        now.InitSha256 is null && now.InitFrom == before.InitFrom ? now with { InitSha256 = before.InitSha256 } : now;

    internal static void RequireSameData(ModelDescription before, DataSummary now, string run)
    {
        if (before.DataSha256 != now.Sha256)
        {
            throw new UsageException($"--resume: the data of the run in {run} have changed since it began; restore them, or begin a new run");
        }
    }

    internal static void RequireAhead(RunPlan plan, CheckpointContent content, string run)
    {
        var isPast = plan.Steps is { } steps ? content.Version > steps : content.Position["samples"][0] > plan.PlannedSamples;
        if (isPast)
        {
            throw new UsageException(
                $"--{(plan.Steps is null ? "epochs" : "steps")}: the run in {run} has applied {content.Version} updates already, more than this asks for in all");
        }
    }
}
