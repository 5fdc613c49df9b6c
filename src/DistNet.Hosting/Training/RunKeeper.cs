using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>Keeps what of a run is to outlive it, and knows where the run goes on.</summary>
internal abstract class RunKeeper : IDisposable
{
    /// <summary>Path of the run folder; empty: there is none.</summary>
    public abstract string Root { get; }

    /// <summary>What the run is called.</summary>
    public abstract string Name { get; }

    /// <summary>The checkpoint to go on from; null: a new run.</summary>
    public abstract CheckpointContent? Resumed { get; }

    /// <summary>Keeps how the run went; null: nobody does.</summary>
    public virtual MetricsWriter? Metrics => null;

    /// <summary>For the actors of the run; the caller's to dispose.</summary>
    public abstract IActorStorage OpenStorage();

    /// <summary>The run is over.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>The run has come to a result.</summary>
    public virtual void Keep(TrainingResult result)
    {
    }

    public virtual void Dispose()
    {
    }

    /// <param name="options">The run's.</param>
    /// <param name="memory">Keeps it; null: a folder does.</param>
    /// <param name="plan">The run.</param>
    /// <param name="data">Its data.</param>
    /// <param name="initial">What it is given to start from; null: it makes its own weights, or goes on.</param>
    /// <param name="notice">Takes what is worth knowing.</param>
    public static RunKeeper Open(TrainingOptions options, RunMemory? memory, RunPlan plan, DataSummary data, InitialWeights? initial, Action<string> notice) =>
        memory is null ? new FolderKeeper(options, plan, data, initial, notice) : new MemoryKeeper(options, memory, plan, data);
}
