using DistNet.Hosting;

namespace DistNet;

/// <summary>What a run came to: the network, how it went, and where it stands, so that it can go on. Immutable.</summary>
public sealed class TrainedModel
{
    internal TrainedModel(RunSnapshot snapshot, TrainingResult result, IReadOnlyList<string> notices, TrainingData? data)
    {
        Snapshot = snapshot;
        Result = result;
        Notices = notices;
        Data = data;
        Network = new Network(new TrainedNetwork(snapshot));
    }

    /// <summary>The trained network.</summary>
    public Network Network { get; }

    /// <summary>Losses, accuracy, times, and the SHA-256 of the weights.</summary>
    public TrainingResult Result { get; }

    /// <summary>The options that the run had, defaults filled in.</summary>
    public TrainingOptions Options => Snapshot.Options;

    /// <summary>The run folder; null: the run is in memory only.</summary>
    public string? Folder => Result.Run.Length == 0 ? null : Result.Run;

    /// <summary>Lines worth reading that are no errors, such as a learning rate that is not stable, or a damaged checkpoint that was passed over.</summary>
    public IReadOnlyList<string> Notices { get; }

    internal RunSnapshot Snapshot { get; }

    /// <summary>What it was trained on, where that was in memory.</summary>
    internal TrainingData? Data { get; }

    /// <summary>
    /// Writes a new run folder: for <see cref="Network.Load"/>, for <see cref="Trainer"/> to go on with, and for the commands <c>distnet evaluate</c>,
    /// <c>predict</c> and, where the data have a name that the command can read, <c>train --resume</c>. It holds nothing of how the run went.
    /// </summary>
    /// <param name="folder">A folder that is empty or not there yet.</param>
    /// <exception cref="UsageException">It holds something, or cannot be made.</exception>
    public void Save(string folder) => Snapshot.Save(folder);
}
