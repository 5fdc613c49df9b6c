using DistNet.Actors;
using DistNet.Hosting;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>A run that is ready to begin.</summary>
/// <param name="Order">For all nodes.</param>
/// <param name="Folder">Its run folder.</param>
/// <param name="FirstVersion">Updates that were applied before.</param>
internal sealed record RunStart(RunOrder Order, RunFolder Folder, long FirstVersion)
{
    /// <summary>Reads the data, checks that they fit the options, and makes the run folder.</summary>
    /// <param name="config">The run's options, as JSON.</param>
    /// <param name="director">Where run folders and data are.</param>
    /// <param name="number">Of the run in this cluster.</param>
    /// <param name="sendsData">Whether nodes fetch the data from here.</param>
    /// <param name="giveUpAfter">How long it waits for want of nodes.</param>
    /// <param name="resume">Name of a run folder here to go on in; null: a new run.</param>
    /// <param name="parts">Of this node.</param>
    /// <exception cref="UsageException">Something the asker can put right.</exception>
    public static RunStart Prepare(
        string config, DirectorOptions director, long number, bool sendsData, TimeSpan? giveUpAfter, string? resume, NodeParts parts)
    {
        var options = TrainingOptionsLoader.LoadJson(config, "the options that were sent");
        var data = DataSummary.Of(NodeData.Load(options, director.DataRoot));
        if (resume is not null)
        {
            return Reopen(OrderOf(resume), director, parts);
        }

        var folder = RunFolder.CreateAt(options, RunFolder.PathFor(director.Runs, RunAccount.NameOf(options, data), DateTime.Now));
        folder.WriteModel(data.Model);
        var order = OrderOf(Path.GetFileName(folder.Root));
        order.Plan();
        return new RunStart(order, folder, 0);

        RunOrder OrderOf(string run) => new(run, number, EffectiveConfig.ToJson(options), data, sendsData, giveUpAfter, director.MixesArithmetic);
    }

    /// <summary>The folder of a run that another life of the coordinator began; where it is lost, a new one, from what the order says.</summary>
    public static RunFolder FolderOf(RunOrder order, DirectorOptions director)
    {
        var path = Path.Combine(director.Runs, order.Run);
        if (Directory.Exists(path))
        {
            return RunFolder.Open(path);
        }

        var folder = RunFolder.CreateAt(order.Options(), path);
        folder.WriteModel(order.Data.Model);
        return folder;
    }

    private static RunStart Reopen(RunOrder order, DirectorOptions director, NodeParts parts)
    {
        var plan = order.Plan();
        var (folder, content) = ResumedRun.Open(Path.Combine(director.Runs, order.Run), plan, order.Data, notice => parts.Log.RunNotice(notice));
        if (content is not null)
        {
            using var storage = new NodeStorage(parts.StateOf(order.Run));
            if (File.Exists(folder.UpdatesPath))
            {
                File.Copy(folder.UpdatesPath, storage.LogPath, overwrite: true);
            }

            CutCheckpoint.PlaceAsync(storage, plan, content).GetAwaiter().GetResult();
        }

        return new RunStart(order, folder, content?.Version ?? 0);
    }
}
