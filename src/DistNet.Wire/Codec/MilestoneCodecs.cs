using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Cuts, evaluations, and where the run stands.</summary>
internal static class MilestoneCodecs
{
    public static BodyCodec[] Create() =>
    [
        new BodyCodec<Checkpoint, V1.Checkpoint>(V1.Header.CheckpointFieldNumber, Fill, Read),
        new BodyCodec<Mark, V1.Mark>(V1.Header.MarkFieldNumber, Fill, Read),
        new BodyCodec<Milestone, V1.Milestone>(V1.Header.MilestoneFieldNumber, Fill, Read),
        new BodyCodec<Marked, V1.Marked>(V1.Header.MarkedFieldNumber, Fill, Read),
        new BodyCodec<Cut, V1.Cut>(V1.Header.CutFieldNumber, Fill, Read),
        new BodyCodec<LogKept, V1.LogKept>(V1.Header.LogKeptFieldNumber, Fill, Read),
        new BodyCodec<CutSuperseded, V1.CutSuperseded>(V1.Header.CutSupersededFieldNumber, Fill, Read),
        new BodyCodec<Progress, V1.Progress>(V1.Header.ProgressFieldNumber, Fill, Read),
        new BodyCodec<Report, V1.Report>(V1.Header.ReportFieldNumber, Fill, Read),
        new BodyCodec<Evaluate, V1.Evaluate>(V1.Header.EvaluateFieldNumber, Fill, Read),
        new BodyCodec<Evaluated, V1.Evaluated>(V1.Header.EvaluatedFieldNumber, Fill, Read),
    ];

    private static void Fill(Checkpoint message, V1.Checkpoint wire)
    {
        wire.Generation = message.Generation;
        wire.Cut = message.Cut;
        wire.Evaluate = message.Evaluate;
    }

    private static Checkpoint Read(V1.Checkpoint wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "Checkpoint.generation"), wire.Cut, wire.Evaluate);

    private static void Fill(Mark message, V1.Mark wire)
    {
        wire.Generation = message.Generation;
        wire.Sequence = message.Sequence;
        wire.Version = message.Version;
        wire.Cut = message.Cut;
        wire.Evaluate = message.Evaluate;
    }

    private static Mark Read(V1.Mark wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Mark.generation"),
        Valid.Count(wire.Sequence, "Mark.sequence"),
        Valid.Count(wire.Version, "Mark.version"),
        wire.Cut,
        wire.Evaluate);

    private static void Fill(Milestone message, V1.Milestone wire)
    {
        wire.Generation = message.Generation;
        wire.Cut = message.Cut;
        wire.Evaluate = message.Evaluate;
        Fill(message.At, wire.At ??= new V1.Progress());
        wire.LaneClocks = Parts.ToWire(message.LaneClocks);
    }

    private static Milestone Read(V1.Milestone wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Milestone.generation"), wire.Cut, wire.Evaluate, Read(wire.At, tensor), Parts.Read(wire.LaneClocks));

    private static void Fill(Marked message, V1.Marked wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Version = message.Version;
    }

    private static Marked Read(V1.Marked wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Marked.generation"),
        Valid.Count(wire.Partition, "Marked.partition"),
        Valid.Count(wire.Version, "Marked.version"));

    private static void Fill(Cut message, V1.Cut wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Version = message.Version;
    }

    private static Cut Read(V1.Cut wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Cut.generation"), Valid.Count(wire.Partition, "Cut.partition"), Valid.Count(wire.Version, "Cut.version"));

    private static void Fill(LogKept message, V1.LogKept wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
    }

    private static LogKept Read(V1.LogKept wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "LogKept.generation"), Valid.Count(wire.Version, "LogKept.version"));

    private static void Fill(CutSuperseded message, V1.CutSuperseded wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
    }

    private static CutSuperseded Read(V1.CutSuperseded wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "CutSuperseded.generation"), Valid.Count(wire.Version, "CutSuperseded.version"));

    private static void Fill(Progress message, V1.Progress wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
        wire.Samples = message.Samples;
        wire.Loss = message.Loss;
        wire.Planned = message.Planned;
        wire.Redispatched = message.Redispatched;
        wire.StalenessSum = message.StalenessSum;
        wire.Units = message.Units;
        wire.Horizon = message.Horizon;
        wire.IsDrained = message.IsDrained;
        wire.IsAtEnd = message.IsAtEnd;
        wire.Dropped = Parts.Fill(wire.Dropped ?? new V1.DropCounts(), message.Dropped);
        wire.LastLane = message.LastLane;
        wire.Staleness = message.Staleness is null ? null : new V1.Staleness();
        if (message.Staleness is not null)
        {
            Lists.Fill(wire.Staleness!.Units, message.Staleness);
        }
    }

    private static Progress Read(V1.Progress wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Progress.generation"),
        Valid.Count(wire.Version, "Progress.version"),
        Valid.Count(wire.Samples, "Progress.samples"),
        wire.Loss,
        Valid.Count(wire.Planned, "Progress.planned"),
        Valid.Count(wire.Redispatched, "Progress.redispatched"),
        wire.StalenessSum,
        Valid.Count(wire.Units, "Progress.units"),
        Parts.Read(wire.Dropped),
        wire.Staleness is null ? null : Lists.Read(wire.Staleness.Units, static units => Valid.Count(units, "Staleness.units")),
        Valid.IndexOrNone(wire.LastLane, "Progress.last_lane"),
        Valid.Count(wire.Horizon, "Progress.horizon"),
        wire.IsDrained,
        wire.IsAtEnd);

    private static void Fill(Report message, V1.Report wire)
    {
        wire.Generation = message.Generation;
        wire.Step = message.Step;
        wire.Samples = message.Samples;
        wire.NonFiniteLayer = message.NonFiniteLayer;
        wire.ComputeTime = message.ComputeTime.Ticks;
        wire.WaitTime = message.WaitTime.Ticks;
        wire.ReadVersion = message.ReadVersion;
    }

    private static Report Read(V1.Report wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Report.generation"),
        Valid.Count(wire.Step, "Report.step"),
        Valid.Count(wire.ReadVersion, "Report.read_version"),
        Valid.Count(wire.Samples, "Report.samples"),
        Valid.IndexOrNone(wire.NonFiniteLayer, "Report.non_finite_layer"),
        new TimeSpan(Valid.Count(wire.ComputeTime, "Report.compute_time")),
        new TimeSpan(Valid.Count(wire.WaitTime, "Report.wait_time")));

    private static void Fill(Evaluate message, V1.Evaluate wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
        Lists.Fill(wire.Chunks, message.Chunks);
    }

    private static Evaluate Read(V1.Evaluate wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Evaluate.generation"),
        Valid.Count(wire.Version, "Evaluate.version"),
        Lists.Read(wire.Chunks, static chunk => Valid.Count(chunk, "Evaluate.chunks")));

    private static void Fill(Evaluated message, V1.Evaluated wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
        wire.Chunk = message.Chunk;
        var score = wire.Score ??= new V1.ChunkScore();
        score.Loss = message.Score.Loss;
        score.Correct = message.Score.Correct;
        score.Samples = message.Score.Samples;
    }

    private static Evaluated Read(V1.Evaluated wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Evaluated.generation"),
        Valid.Count(wire.Version, "Evaluated.version"),
        Valid.Count(wire.Chunk, "Evaluated.chunk"),
        Read(wire.Score));

    private static ChunkScore Read(V1.ChunkScore wire) =>
        new(wire.Loss, Valid.Count(wire.Correct, "ChunkScore.correct"), Valid.Count(wire.Samples, "ChunkScore.samples"));
}
