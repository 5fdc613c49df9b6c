using DistNet.Protocol;
using Google.Protobuf;

namespace DistNet.Wire.Tests;

/// <summary>A record alone, without a frame around it: the message with most lists in lists.</summary>
internal static class RecordBytes
{
    private static readonly MessageShape Shape = MessageShape.Of(V1.CoordinatorRecord.Descriptor);

    public static byte[] Encode(CoordinatorRecord record) => RecordParts.ToWire(record).ToByteArray();

    public static CoordinatorRecord Decode(ReadOnlySpan<byte> bytes)
    {
        var check = new ShapeCheck(maxEntries: bytes.Length);
        Shape.Check(bytes, ref check);
        try
        {
            var wire = new V1.CoordinatorRecord();
            wire.MergeFrom(bytes);
            return RecordParts.Read(wire);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new WireException($"A record is no valid protobuf: {e.Message}", e);
        }
    }
}
