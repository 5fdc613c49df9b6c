using DistNet.Protocol;
using Google.Protobuf;

namespace DistNet.Wire;

/// <summary>
/// The coordinator's durable record to and from bytes. Adds no checksum: whoever stores the bytes knows his medium.
/// </summary>
public static class RecordCodec
{
    private static readonly MessageShape Shape = MessageShape.Of(V1.CoordinatorRecord.Descriptor);

    public static byte[] Encode(CoordinatorRecord record)
    {
        var wire = new V1.CoordinatorRecord { Generation = record.Generation };
        Lists.Fill(wire.Cuts, record.Cuts, CutParts.ToWire);
        return wire.ToByteArray();
    }

    /// <summary>Allocates in proportion to the bytes, whose number the caller limits.</summary>
    /// <exception cref="WireException">The bytes are no record.</exception>
    public static CoordinatorRecord Decode(ReadOnlySpan<byte> bytes)
    {
        var check = new ShapeCheck(maxEntries: bytes.Length);
        Shape.Check(bytes, ref check);
        try
        {
            var wire = new V1.CoordinatorRecord();
            wire.MergeFrom(bytes);
            return new CoordinatorRecord(Valid.Count(wire.Generation, "CoordinatorRecord.generation"), Lists.Read(wire.Cuts, CutParts.Read));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new WireException($"A record is no valid protobuf: {e.Message}", e);
        }
    }
}
