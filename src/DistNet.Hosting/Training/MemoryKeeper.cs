using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>Keeps a run in memory. Nothing of how it went is kept, and no log: it cannot be replayed.</summary>
internal sealed class MemoryKeeper : RunKeeper
{
    private readonly RunPlan _plan;
    private readonly RunMemory _memory;

    public MemoryKeeper(TrainingOptions options, RunMemory memory, RunPlan plan, DataSummary data)
    {
        if (memory is { Latest: { } latest, Model: { } before })
        {
            ResumedRun.RequireSameData(before, data, before.Data);
            ResumedRun.RequireAhead(plan, latest, before.Data);
        }

        _plan = plan;
        _memory = memory;
        memory.Options = options;
        memory.Model = data.Model;
        Name = data.Model.Data;
        Resumed = memory.Latest;
    }

    public override string Root => "";

    public override string Name { get; }

    public override CheckpointContent? Resumed { get; }

    public override IActorStorage OpenStorage() => new CheckpointStorage(_plan, _memory, Resumed);
}
