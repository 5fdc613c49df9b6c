using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>Keeps a run in a folder of its own, new or that of the run to go on with.</summary>
internal sealed class FolderKeeper : RunKeeper
{
    private readonly RunPlan _plan;
    private readonly RunFolder _folder;
    private readonly CheckpointFolder _checkpoints;
    private readonly MetricsWriter _metrics;

    public FolderKeeper(TrainingOptions options, RunPlan plan, DataSummary data, InitialWeights? initial, Action<string> notice)
    {
        _plan = plan;
        (_folder, Resumed) = options.Resume is null ? (NewFolder(options, data, initial), null) : ResumedRun.Open(options.Resume, plan, data, notice);
        _folder.ForgetEnd();
        _checkpoints = new CheckpointFolder(_folder);
        _metrics = MetricsWriter.Open(_folder.MetricsPath, Resumed?.Version ?? 0);
    }

    public override string Root => _folder.Root;

    public override string Name => Path.GetFileName(_folder.Root);

    public override CheckpointContent? Resumed { get; }

    public override MetricsWriter Metrics => _metrics;

    public override IActorStorage OpenStorage() =>
        new CheckpointStorage(_plan, _checkpoints, Resumed, UpdateLogFile.Open(_folder.UpdatesPath));

    public override void Finish() => _checkpoints.ListMetrics();

    public override void Keep(TrainingResult result) => _folder.WriteResult(result);

    public override void Dispose() => _metrics.Dispose();

    private RunFolder NewFolder(TrainingOptions options, DataSummary data, InitialWeights? initial)
    {
        var folder = RunFolder.Create(options, RunAccount.NameOf(options, data), DateTime.Now);
        folder.WriteModel(data.Model);
        InitialWeightsFile.Write(folder, _plan.Layout, initial);
        return folder;
    }
}
