using System.Buffers.Binary;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// A data set as bytes, for a node that has none: magic and version, length of the header, header (JSON), then the features and labels
/// of the training part and of the test part, little-endian, and the SHA-256 of everything before it. Samples are sent as a run uses them, split and
/// scaled, so that both ends have the same <see cref="DataFingerprint"/>.
/// </summary>
public static class LoadedDataCodec
{
    private const ulong MagicAndVersion = 0x0001_4154_4144_4E44; // "DNDATA", 1
    private const int PrologueLength = sizeof(ulong) + sizeof(int);

    /// <summary>The stream stays open.</summary>
    public static void Write(Stream stream, LoadedData data) => stream.Write(HashedStream.Write(stream, hashed =>
    {
        var header = LoadedDataHeader.Of(data).ToJson();
        Span<byte> prologue = stackalloc byte[PrologueLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prologue, MagicAndVersion);
        BinaryPrimitives.WriteInt32LittleEndian(prologue[sizeof(ulong)..], header.Length);
        hashed.Write(prologue);
        hashed.Write(header);
        Write(hashed, data.Train);
        if (data.Test is { } test)
        {
            Write(hashed, test);
        }
    }));

    /// <summary>Reads one data set and nothing behind it; memory is taken only for what fits the limit.</summary>
    /// <param name="stream">Where it comes from; stays open.</param>
    /// <param name="source">Whose data these are, for messages.</param>
    /// <param name="maxBytes">Most bytes of header and samples.</param>
    /// <exception cref="DataFormatException">The data are torn, altered, larger than the limit, or no data set.</exception>
    public static LoadedData Read(Stream stream, string source, long maxBytes)
    {
        using var reader = new HashedReader(stream, source);
        var header = ReadHeader(reader, source, maxBytes);
        var train = ReadPart(reader, header.Info, header.Train);
        var test = header.Test is { } count ? ReadPart(reader, header.Info, count) : null;
        reader.RequireHash();
        RequireLabels(train, source);
        RequireLabels(test ?? train, source);
        return new LoadedData(train, test, header.Scaling);
    }

    private static LoadedDataHeader ReadHeader(HashedReader reader, string source, long maxBytes)
    {
        Span<byte> prologue = stackalloc byte[PrologueLength];
        reader.Read(prologue);
        if (BinaryPrimitives.ReadUInt64LittleEndian(prologue) != MagicAndVersion)
        {
            throw new DataFormatException(source, $"does not begin like a data set of this version");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(prologue[sizeof(ulong)..]);
        if (length < 0 || length > maxBytes)
        {
            throw new DataFormatException(source, $"has a header of {length} bytes; expected 0 to {maxBytes}");
        }

        var json = new byte[length];
        reader.Read(json);
        var header = LoadedDataHeader.TryParse(json) ?? throw new DataFormatException(source, $"has a header that describes no data set");
        return header.SampleBytes + length <= maxBytes
            ? header
            : throw new DataFormatException(source, $"has {header.SampleBytes + length} bytes; expected at most {maxBytes}");
    }

    private static DataSet ReadPart(HashedReader reader, DataSetInfo info, int count)
    {
        var values = new float[count * info.Features];
        SampleBytes.ForEachPiece(values, reader.Read);
        var labels = new int[count];
        SampleBytes.ForEachPiece(labels, reader.Read);
        return new DataSet(info, values, labels);
    }

    private static void RequireLabels(DataSet part, string source)
    {
        var wrong = Array.FindIndex(part.Labels, label => label < 0 || label >= part.Info.Classes);
        if (wrong >= 0)
        {
            throw new DataFormatException(source, $"label {wrong + 1} is {part.Labels[wrong]}; expected 0 to {part.Info.Classes - 1}");
        }
    }

    private static void Write(Stream stream, DataSet part)
    {
        SampleBytes.ForEachPiece(part.Values, piece => stream.Write(piece));
        SampleBytes.ForEachPiece(part.Labels, piece => stream.Write(piece));
    }
}
