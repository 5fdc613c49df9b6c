using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>What outlives its node: the record on servers, copies of cuts.</summary>
internal static class ReplicaCodecs
{
    public static BodyCodec[] Create() =>
    [
        new BodyCodec<KeepRecord, V1.KeepRecord>(V1.Header.KeepRecordFieldNumber, Fill, Read),
        new BodyCodec<RecordKept, V1.RecordKept>(V1.Header.RecordKeptFieldNumber, Fill, Read),
        new BodyCodec<CutPart, V1.CutPart>(V1.Header.CutPartFieldNumber, Fill, Read),
        new BodyCodec<FetchCut, V1.FetchCut>(V1.Header.FetchCutFieldNumber, Fill, Read),
        new BodyCodec<CutMissing, V1.CutMissing>(V1.Header.CutMissingFieldNumber, Fill, Read),
    ];

    private static void Fill(KeepRecord message, V1.KeepRecord wire) => wire.Record = RecordParts.ToWire(message.Record);

    private static KeepRecord Read(V1.KeepRecord wire, TensorSlice tensor) => new(RecordParts.Read(wire.Record));

    private static void Fill(RecordKept message, V1.RecordKept wire) => wire.Number = message.Number;

    private static RecordKept Read(V1.RecordKept wire, TensorSlice tensor) => new(Valid.Count(wire.Number, "RecordKept.number"));

    private static void Fill(CutPart message, V1.CutPart wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Log = Parts.Fill(wire.Log ?? new V1.ApplyLog(), message.Log);
        wire.Part = message.Part;
        wire.Parts = message.Parts;
    }

    private static CutPart Read(V1.CutPart wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "CutPart.generation"),
        Valid.Count(wire.Partition, "CutPart.partition"),
        Parts.Read(wire.Log),
        Valid.Part(wire.Part, wire.Parts, "CutPart.part"),
        wire.Parts,
        tensor);

    private static void Fill(FetchCut message, V1.FetchCut wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Version = message.Version;
    }

    private static FetchCut Read(V1.FetchCut wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "FetchCut.generation"),
        Valid.Count(wire.Partition, "FetchCut.partition"),
        Valid.Count(wire.Version, "FetchCut.version"));

    private static void Fill(CutMissing message, V1.CutMissing wire)
    {
        wire.Generation = message.Generation;
        wire.Partition = message.Partition;
        wire.Version = message.Version;
    }

    private static CutMissing Read(V1.CutMissing wire, TensorSlice tensor) => new(
        Valid.Count(wire.Generation, "CutMissing.generation"),
        Valid.Count(wire.Partition, "CutMissing.partition"),
        Valid.Count(wire.Version, "CutMissing.version"));
}
