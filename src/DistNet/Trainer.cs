using DistNet.Hosting;

namespace DistNet;

/// <summary>
/// Trains networks in this process, by the code of <c>distnet train</c>: workers compute gradients, parameter servers apply them. Under
/// <see cref="TrainingOptions.Mode"/> bsp equal options end in the same bits as there, on any number of workers, servers and threads
/// (<see cref="TrainingResult.WeightsSha256"/>), at equal <see cref="TrainingOptions.Lanes"/>. The update rules and where each comes from:
/// docs/update-rules.md.
/// </summary>
/// <remarks>
/// <para>Where a run is kept: in the folder <see cref="TrainingOptions.Out"/>, or, where that is null, in memory only; <see cref="TrainedModel.Save"/> writes it
/// later. <see cref="TrainingOptions.Resume"/> goes on with the run in a folder. Options about the command's output (<see cref="TrainingOptions.Format"/>,
/// <see cref="TrainingOptions.Quiet"/>, <see cref="TrainingOptions.PrintConfig"/>, <see cref="TrainingOptions.ConfigFile"/>) do nothing here.</para>
/// <para>Every method throws, by its task, <see cref="UsageException"/> with all that is wrong with options or data (it names options as the command
/// does: --lr is <see cref="TrainingOptions.LearningRate"/>), <see cref="RunFolderException"/> for a folder that cannot be used, and
/// <see cref="TrainingFailedException"/> when a run cannot be carried to its end, such as a loss that is not finite any more.</para>
/// <para>Cancelling ends a run within about a quarter of a second, in good order and with a checkpoint: the task does not become cancelled but gives what was trained so far, with
/// <see cref="TrainingResult.Stopped"/> set, and <see cref="ResumeAsync(TrainedModel, Func{TrainingOptions, TrainingOptions}?, IProgress{EpochReport}?, CancellationToken)"/>
/// goes on to the bits of a run that was never stopped. Only where nothing was trained yet is it an <see cref="OperationCanceledException"/>.</para>
/// <para>Progress is reported at the end of every epoch, from a thread of the run, which waits for it. <see cref="Progress{T}"/> passes reports on to where
/// it was made; without a synchronisation context there they may come late and out of order. What a report throws ends the run, and is thrown.</para>
/// <para>Several runs may go on at once. A run has threads of its own (<see cref="TrainingOptions.Threads"/>) and leaves nothing behind.</para>
/// </remarks>
public static class Trainer
{
    /// <summary>Trains on the data that <see cref="TrainingOptions.Data"/> names.</summary>
    /// <param name="options">All options, with the defaults of <c>distnet train</c>.</param>
    /// <param name="progress">Told of every epoch; null: nobody is.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static Task<TrainedModel> TrainAsync(
        TrainingOptions options, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default) =>
        Run.TrainAsync(options, null, progress, cancellationToken);

    /// <summary>Trains on samples that are in memory.</summary>
    /// <param name="options">All options; <see cref="TrainingOptions.Data"/> is replaced by the samples' name.</param>
    /// <param name="data">What to train and test on: <see cref="Samples"/> alone will do.</param>
    /// <param name="progress">Told of every epoch; null: nobody is.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static Task<TrainedModel> TrainAsync(
        TrainingOptions options, TrainingData data, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default) =>
        Run.TrainAsync(options, data, progress, cancellationToken);

    /// <summary>Goes on with a run that was stopped, or that is to be longer. The model that is given stays as it is.</summary>
    /// <param name="model">Where the run stands. If it has a folder it goes on there, from the folder's latest checkpoint.</param>
    /// <param name="change">The options to go on with; only epochs, steps, workers, servers and threads may differ. Null: as they were.</param>
    /// <param name="progress">Told of every epoch; null: nobody is.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static Task<TrainedModel> ResumeAsync(
        TrainedModel model,
        Func<TrainingOptions, TrainingOptions>? change = null,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run.ResumeAsync(model, change, progress, cancellationToken);

    /// <summary>Goes on with the run in a folder, from its latest good checkpoint.</summary>
    /// <param name="folder">A run folder, of <c>distnet train</c> or of this library.</param>
    /// <param name="data">The samples, where they were in memory: the same as then. Null: the run's options name them.</param>
    /// <param name="change">The options to go on with; only epochs, steps, workers, servers and threads may differ. Null: as they were.</param>
    /// <param name="progress">Told of every epoch; null: nobody is.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static Task<TrainedModel> ResumeAsync(
        string folder,
        TrainingData? data = null,
        Func<TrainingOptions, TrainingOptions>? change = null,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run.ResumeAsync(folder, data, change, progress, cancellationToken);
}
