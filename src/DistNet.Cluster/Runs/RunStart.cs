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
    /// <exception cref="UsageException">Something the asker can put right.</exception>
    public static RunStart Prepare(
        string config, DirectorOptions director, long number, bool sendsData, TimeSpan? giveUpAfter, string? resume, NodeParts parts)
    {
        var options = TrainingOptionsLoader.LoadJson(config, "the options that were sent");
        var data = DataSummary.Of(NodeData.Load(options, director.DataRoot));
        if (resume is not null)
        {
            return Reopen(options, data, number, sendsData, giveUpAfter, resume, parts);
        }

        var folder = RunFolder.CreateAt(options, RunFolder.PathFor(director.Runs, RunAccount.NameOf(options, data), DateTime.Now));
        folder.WriteModel(data.Model);
        return new RunStart(OrderOf(Path.GetFileName(folder.Root)), folder, 0);

        RunOrder OrderOf(string run)
        {
            var order = new RunOrder(run, number, EffectiveConfig.ToJson(options), data, sendsData, giveUpAfter);
            order.Plan();
            return order;
        }
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

    private static RunStart Reopen(
        TrainingOptions options, DataSummary data, long number, bool sendsData, TimeSpan? giveUpAfter, string resume, NodeParts parts)
    {
        var order = new RunOrder(Path.GetFileName(Path.GetFullPath(resume)), number, EffectiveConfig.ToJson(options), data, sendsData, giveUpAfter);
        var plan = order.Plan();
        var (folder, content) = ResumedRun.Open(resume, plan, data, notice => parts.Log.RunNotice(notice));
        if (content is not null)
        {
            using var storage = new NodeStorage(parts.StateOf(order.Run));
            CutCheckpoint.PlaceAsync(storage, plan, content).GetAwaiter().GetResult();
        }

        return new RunStart(order, folder, content?.Version ?? 0);
    }
}
