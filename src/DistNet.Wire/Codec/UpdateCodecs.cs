using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Gradients, parameters, and which update they become.</summary>
internal static class UpdateCodecs
{
    public static BodyCodec[] Create() =>
    [
        new BodyCodec<Push, V1.Push>(V1.Header.PushFieldNumber, Fill, Read),
        new BodyCodec<Parameters, V1.Parameters>(V1.Header.ParametersFieldNumber, Fill, Read),
        new BodyCodec<Held, V1.Held>(V1.Header.HeldFieldNumber, Fill, Read),
        new BodyCodec<Apply, V1.Apply>(V1.Header.ApplyFieldNumber, Fill, Read),
        new BodyCodec<Drift, V1.Drift>(V1.Header.DriftFieldNumber, Fill, Read),
        new BodyCodec<Probe, V1.Probe>(V1.Header.ProbeFieldNumber, Fill, Read),
        new BodyCodec<Probed, V1.Probed>(V1.Header.ProbedFieldNumber, Fill, Read),
        new BodyCodec<Applied, V1.Applied>(V1.Header.AppliedFieldNumber, Fill, Read),
        new BodyCodec<RunUntil, V1.RunUntil>(V1.Header.RunUntilFieldNumber, Fill, Read),
        new BodyCodec<Horizon, V1.Horizon>(V1.Header.HorizonFieldNumber, Fill, Read),
        new BodyCodec<AssistWith, V1.AssistWith>(V1.Header.AssistWithFieldNumber, Fill, Read),
    ];

    private static void Fill(Push message, V1.Push wire)
    {
        wire.Generation = message.Generation;
        wire.Chunk = message.Chunk;
        wire.Node = Parts.Fill(wire.Node ?? new V1.TreeNode(), message.Node);
        wire.Step = message.Step;
        wire.Dispatch = message.Dispatch;
        wire.ReadVersion = message.ReadVersion;
        wire.Samples = message.Samples;
        wire.Loss = message.Loss;
    }

    private static Push Read(V1.Push wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Push.generation"),
        Valid.Count(wire.Chunk, "Push.chunk"),
        Valid.Node(wire.Node, "Push.node"),
        Valid.Count(wire.Step, "Push.step"),
        Valid.Count(wire.Dispatch, "Push.dispatch"),
        Valid.Count(wire.ReadVersion, "Push.read_version"),
        Valid.Count(wire.Samples, "Push.samples"),
        wire.Loss,
        tensor);

    private static void Fill(Parameters message, V1.Parameters wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
        wire.Sequence = message.Sequence;
        wire.Partition = message.Partition;
        wire.ForEvaluation = message.ForEvaluation;
        wire.Phase = Parts.Fill(wire.Phase ?? new V1.RulePhase(), message.Phase);
        wire.Starts = message.Starts is null ? null : new V1.LaneStarts();
        if (message.Starts is not null)
        {
            Lists.Fill(wire.Starts!.Items, message.Starts, Parts.ToWire);
        }
    }

    private static Parameters Read(V1.Parameters wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Parameters.generation"),
        Valid.Count(wire.Version, "Parameters.version"),
        Valid.Count(wire.Sequence, "Parameters.sequence"),
        Valid.Count(wire.Partition, "Parameters.partition"),
        Parts.Read(wire.Phase),
        tensor,
        wire.Starts is null ? null : Lists.Read(wire.Starts.Items, Parts.Read),
        wire.ForEvaluation);

    private static void Fill(Held message, V1.Held wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Unit = Parts.Fill(wire.Unit ?? new V1.UnitId(), message.Unit);
        wire.ReadVersion = message.ReadVersion;
        wire.Samples = message.Samples;
        wire.Loss = message.Loss;
        wire.SquaredNorms = message.SquaredNorms is null ? null : new V1.BlockNorms();
        if (message.SquaredNorms is not null)
        {
            Lists.Fill(wire.SquaredNorms!.Items, message.SquaredNorms, ToWire);
        }
    }

    private static Held Read(V1.Held wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Held.generation"),
        Valid.Count(wire.Partition, "Held.partition"),
        Parts.Read(wire.Unit),
        Valid.Count(wire.ReadVersion, "Held.read_version"),
        Valid.Count(wire.Samples, "Held.samples"),
        wire.Loss,
        wire.SquaredNorms is null ? null : Lists.Read(wire.SquaredNorms.Items, Read));

    private static V1.BlockNorm ToWire(BlockNorm norm) => new() { Blocks = Parts.Fill(new V1.TreeNode(), norm.Blocks), Sum = norm.Sum };

    private static BlockNorm Read(V1.BlockNorm wire) => new(Valid.Node(wire.Blocks, "BlockNorm.blocks"), wire.Sum);

    private static void Fill(Apply message, V1.Apply wire)
    {
        wire.Generation = message.Generation;
        wire.Sequence = message.Sequence;
        wire.Version = message.Version;
        Lists.Fill(wire.Units, message.Units, ToWire);
        Lists.Fill(wire.Starts, message.Starts, Parts.ToWire);
        Lists.Fill(wire.Dropped, message.Dropped, static unit => Parts.Fill(new V1.UnitId(), unit));
        wire.MeasuresDrift = message.MeasuresDrift;
    }

    private static Apply Read(V1.Apply wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Apply.generation"),
        Valid.Count(wire.Sequence, "Apply.sequence"),
        Valid.Count(wire.Version, "Apply.version"),
        Lists.Read(wire.Units, Read),
        Lists.Read(wire.Dropped, Parts.Read),
        Lists.Read(wire.Starts, Parts.Read),
        wire.MeasuresDrift);

    private static void Fill(Drift message, V1.Drift wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Version = message.Version;
        wire.SquaredDistance = message.SquaredDistance;
    }

    private static Drift Read(V1.Drift wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Drift.generation"),
        Valid.Count(wire.Partition, "Drift.partition"),
        Valid.Count(wire.Version, "Drift.version"),
        wire.SquaredDistance);

    private static void Fill(Probe message, V1.Probe wire) => wire.Generation = message.Generation;

    private static Probe Read(V1.Probe wire, TensorSlice tensor) => new(Valid.Count(wire.Generation, "Probe.generation"));

    private static void Fill(Probed message, V1.Probed wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
        wire.Curvature = message.Curvature;
    }

    private static Probed Read(V1.Probed wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "Probed.generation"), Valid.Count(wire.Version, "Probed.version"), wire.Curvature);

    private static V1.ScaledUnit ToWire(ScaledUnit unit) =>
        new() { Unit = Parts.Fill(new V1.UnitId(), unit.Unit), Samples = unit.Samples, Scale = unit.Scale };

    private static ScaledUnit Read(V1.ScaledUnit wire) => new(Parts.Read(wire.Unit), Valid.Count(wire.Samples, "ScaledUnit.samples"), wire.Scale);

    private static void Fill(Applied message, V1.Applied wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Version = message.Version;
        wire.Loss = message.Loss;
    }

    private static Applied Read(V1.Applied wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Applied.generation"),
        Valid.Count(wire.Partition, "Applied.partition"),
        Valid.Count(wire.Version, "Applied.version"),
        wire.Loss);

    private static void Fill(RunUntil message, V1.RunUntil wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
    }

    private static RunUntil Read(V1.RunUntil wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "RunUntil.generation"), Valid.Count(wire.Version, "RunUntil.version"));

    private static void Fill(Horizon message, V1.Horizon wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
    }

    private static Horizon Read(V1.Horizon wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "Horizon.generation"), Valid.Count(wire.Version, "Horizon.version"));

    private static void Fill(AssistWith message, V1.AssistWith wire)
    {
        wire.Generation = message.Generation;
        wire.Step = message.Step;
        wire.FirstLane = message.FirstLane;
        wire.EndLane = message.EndLane;
    }

    private static AssistWith Read(V1.AssistWith wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "AssistWith.generation"),
        Valid.Count(wire.Step, "AssistWith.step"),
        Valid.Count(wire.FirstLane, "AssistWith.first_lane"),
        Valid.Count(wire.EndLane, "AssistWith.end_lane"));
}
