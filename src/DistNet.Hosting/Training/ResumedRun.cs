using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>A run folder that a run goes on in.</summary>
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
        if (folder.ReadModel().DataSha256 != data.Sha256)
        {
            throw new UsageException($"--resume: the data of the run in {path} have changed since it began; restore them, or begin a new run");
        }

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

        if (IsPast(plan, reading.Content))
        {
            throw new UsageException(
                $"--{(plan.Steps is null ? "epochs" : "steps")}: the run in {path} has applied {reading.Content.Version} updates already, more than this asks for in all");
        }

        return (folder, reading.Content);
    }

    private static bool IsPast(RunPlan plan, CheckpointContent content) => plan.Steps is { } steps
        ? content.Version > steps
        : content.Position["samples"][0] > plan.PlannedSamples;
}
