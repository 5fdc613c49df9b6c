using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>A run at one version, with everything that is needed to use its network or to go on: what a run folder holds of it. Immutable.</summary>
/// <param name="Name">What the run is called in messages: its folder, or the name of its data.</param>
/// <param name="Options">The run's options.</param>
/// <param name="Model">What the network expects of a sample.</param>
/// <param name="Checkpoint">The weights, and where the run stood.</param>
public sealed record RunSnapshot(string Name, TrainingOptions Options, ModelDescription Model, CheckpointContent Checkpoint)
{
    /// <summary>The network whose weights the checkpoint has.</summary>
    public NetworkSpec Network => NetworkBuilder.Build(Options, Model.Info);

    /// <summary>
    /// Reads the latest good checkpoint. Throws <see cref="RunFolderException"/> when there is none, when the run's files were altered or
    /// when the checkpoint is of another network; <see cref="UsageException"/> when the stored options are none.
    /// </summary>
    /// <param name="folder">The run.</param>
    /// <param name="notice">Told of each later checkpoint that is damaged.</param>
    public static RunSnapshot Read(RunFolder folder, Action<string> notice)
    {
        var options = folder.ReadConfig();
        var model = folder.ReadModel();
        var reading = new CheckpointFolder(folder).ReadLatest(new ParameterLayout(NetworkBuilder.Build(options, model.Info)));
        foreach (var warning in reading.Warnings)
        {
            notice(warning);
        }

        return new RunSnapshot(folder.Root, options, model, reading.Content);
    }

    /// <summary>
    /// Writes a new run folder that holds this and nothing of how the run went: it can be evaluated, predicted from and resumed. Throws
    /// <see cref="UsageException"/> when something is there already, or it cannot be made.
    /// </summary>
    /// <param name="path">The new folder.</param>
    public RunFolder Save(string path)
    {
        var folder = RunFolder.CreateAt(Options, path);
        folder.WriteModel(Model);
        new CheckpointFolder(folder).Write(Checkpoint);
        return folder;
    }
}
