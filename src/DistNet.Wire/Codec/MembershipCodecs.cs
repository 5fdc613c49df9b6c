using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Who is there, which generation, and the end.</summary>
internal static class MembershipCodecs
{
    public static BodyCodec[] Create() =>
    [
        new BodyCodec<Join, V1.Join>(V1.Header.JoinFieldNumber, Fill, Read),
        new BodyCodec<Placement, V1.Placement>(V1.Header.PlacementFieldNumber, Fill, Read),
        new BodyCodec<Rewind, V1.Rewind>(V1.Header.RewindFieldNumber, Fill, Read),
        new BodyCodec<Rewound, V1.Rewound>(V1.Header.RewoundFieldNumber, Fill, Read),
        new BodyCodec<EndEarly, V1.EndEarly>(V1.Header.EndEarlyFieldNumber, static (_, _) => { }, static (_, _) => default),
        new BodyCodec<Stop, V1.Stop>(V1.Header.StopFieldNumber, Fill, Read),
        new BodyCodec<Final, V1.Final>(V1.Header.FinalFieldNumber, Fill, Read),
    ];

    private static void Fill(Join message, V1.Join wire)
    {
        wire.Incarnation = message.Incarnation;
        wire.Generation = message.Generation;
        wire.Record = message.Record is null ? null : RecordParts.ToWire(message.Record);
    }

    private static Join Read(V1.Join wire, TensorSlice tensor) => new(
        Valid.Count(wire.Incarnation, "Join.incarnation"),
        Valid.Count(wire.Generation, "Join.generation"),
        wire.Record is null ? null : RecordParts.Read(wire.Record));

    private static void Fill(Placement message, V1.Placement wire)
    {
        wire.Generation = message.Generation;
        wire.Number = message.Number;
        Lists.Fill(wire.Workers, message.Workers, static life => new V1.WorkerLife { Index = life.Index, Incarnation = life.Incarnation });
    }

    private static Placement Read(V1.Placement wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Placement.generation"), Valid.Count(wire.Number, "Placement.number"), Lists.Read(wire.Workers, Read));

    private static WorkerLife Read(V1.WorkerLife wire) =>
        new(Valid.Count(wire.Index, "WorkerLife.index"), Valid.Count(wire.Incarnation, "WorkerLife.incarnation"));

    private static void Fill(Rewind message, V1.Rewind wire)
    {
        wire.Generation = message.Generation;
        wire.Cut = RecordParts.ToWire(message.Cut);
    }

    private static Rewind Read(V1.Rewind wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "Rewind.generation"), RecordParts.Read(wire.Cut));

    private static void Fill(Rewound message, V1.Rewound wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Ok = message.Ok;
        wire.SamplesBefore = message.SamplesBefore;
    }

    private static Rewound Read(V1.Rewound wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Rewound.generation"),
        Valid.Count(wire.Partition, "Rewound.partition"),
        wire.Ok,
        Valid.Count(wire.SamplesBefore, "Rewound.samples_before"));

    private static void Fill(Stop message, V1.Stop wire)
    {
        wire.Generation = message.Generation;
        wire.Version = message.Version;
    }

    private static Stop Read(V1.Stop wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Generation, "Stop.generation"), Valid.Count(wire.Version, "Stop.version"));

    private static void Fill(Final message, V1.Final wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Log = Parts.Fill(wire.Log ?? new V1.ApplyLog(), message.Log);
    }

    private static Final Read(V1.Final wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "Final.generation"), Valid.Count(wire.Partition, "Final.partition"), Parts.Read(wire.Log), tensor);
}
