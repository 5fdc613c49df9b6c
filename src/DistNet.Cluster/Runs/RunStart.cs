using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>A run that is ready to begin.</summary>
/// <param name="Order">For all nodes.</param>
/// <param name="Folder">Its run folder.</param>
/// <param name="FirstVersion">Updates that were applied before.</param>
internal sealed record RunStart(RunOrder Order, RunFolder Folder, long FirstVersion)
{
    /// <summary>Reads the data, checks that they fit the options, and makes the run folder.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="director">Where run folders and data are.</param>
    /// <param name="number">Of the run in this cluster.</param>
    /// <param name="sent">Weights that clients have sent.</param>
    /// <param name="parts">Of this node.</param>
    /// <exception cref="UsageException">Something the asker can put right.</exception>
    public static RunStart Prepare(RunRequest request, DirectorOptions director, long number, SentWeights sent, NodeParts parts)
    {
        var options = TrainingOptionsLoader.LoadJson(request.Config, "the options that were sent");
        var data = DataSummary.Of(NodeData.Load(options, director.DataRoot));
        return request.Resume is { } run ? Reopen(OrderOf(run), director, parts) : Begin();

        RunStart Begin()
        {
            var layout = RunPlanner.Plan(options, data).Layout;
            var initial = ReadInitial(request, options, layout, sent);
            options = options.StartingFrom(initial);
            var folder = RunFolder.CreateAt(options, RunFolder.PathFor(director.Runs, RunAccount.NameOf(options, data), DateTime.Now));
            folder.WriteModel(data.Model);
            InitialWeightsFile.Write(folder, layout, initial);
            if (initial is not null)
            {
                sent.Remove(request.Initial!);
            }

            return new RunStart(OrderOf(Path.GetFileName(folder.Root)), folder, 0);
        }

        RunOrder OrderOf(string run) => new(
            run, number, EffectiveConfig.ToJson(options), data, request.SendsData, request.GiveUpAfter, director.MixesArithmetic);
    }

    private static InitialWeights? ReadInitial(RunRequest request, TrainingOptions options, ParameterLayout layout, SentWeights sent)
    {
        if (options.InitFrom is null)
        {
            return null;
        }

        using var file = sent.Open(request.Initial);
        return InitialWeights.Read(file, options, layout);
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
        order = WithWhatIsLeft(order, RunFolder.Open(Path.Combine(director.Runs, order.Run)), plan);
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

    /// <summary>Nodes must not ask for weights that are lost: a run with a checkpoint needs them no more.</summary>
    private static RunOrder WithWhatIsLeft(RunOrder order, RunFolder folder, RunPlan plan)
    {
        var options = order.Options();
        return options.InitFrom is null || InitialWeightsFile.Find(folder, options, plan.Layout) is not null
            ? order
            : order with { Config = EffectiveConfig.ToJson(options with { InitFrom = null, InitSha256 = null }) };
    }
}
