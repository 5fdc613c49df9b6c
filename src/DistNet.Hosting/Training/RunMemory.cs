namespace DistNet.Hosting;

/// <summary>
/// Keeps a run that has no folder: its options, its latest checkpoint, and what it was trained on. A run that is given one that holds something goes on
/// from there. For one run at a time.
/// </summary>
public sealed class RunMemory : ICheckpoints
{
    /// <summary>Holds nothing: for a new run.</summary>
    public RunMemory()
    {
    }

    /// <summary>Holds where a run stood, for going on from there. The snapshot stays as it is.</summary>
    public RunMemory(RunSnapshot snapshot) => (Options, Model, Latest) = (snapshot.Options, snapshot.Model, snapshot.Checkpoint);

    /// <summary>The run's options; null before a run.</summary>
    public TrainingOptions? Options { get; internal set; }

    /// <summary>What the network was trained on; null before a run.</summary>
    public ModelDescription? Model { get; internal set; }

    /// <summary>The latest checkpoint; null before the first.</summary>
    public CheckpointContent? Latest { get; private set; }

    public void Write(CheckpointContent content) => Latest = content;

    /// <summary>The run where it stands.</summary>
    /// <exception cref="InvalidOperationException">It has no checkpoint.</exception>
    public RunSnapshot Snapshot() => Latest is { } latest
        ? new RunSnapshot(Model!.Data, Options!, Model, latest)
        : throw new InvalidOperationException("The run has come to no checkpoint.");
}
