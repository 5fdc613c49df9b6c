using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// A segment as bytes, little-endian: format 1 (int32), generation, phase (its number, first version, first step), from version, to version (int64 each), number of
/// units (int32), then 44 bytes a unit: version, step, read version, own from (int64), lane, samples (int32), scale (float32).
/// </summary>
internal static class LogSegmentCodec
{
    private const int Format = 1;

    /// <summary>Bytes of a unit.</summary>
    public const int UnitLength = (4 * sizeof(long)) + (3 * sizeof(int));

    public static byte[] Encode(LogSegment segment)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Format);
        writer.Write(segment.Generation);
        writer.Write((long)segment.Phase.Number);
        writer.Write(segment.Phase.FirstVersion);
        writer.Write(segment.Phase.FirstStep);
        writer.Write(segment.FromVersion);
        writer.Write(segment.ToVersion);
        writer.Write(segment.Units.Count);
        foreach (var unit in segment.Units)
        {
            Write(writer, unit);
        }

        return bytes.ToArray();
    }

    /// <exception cref="RunFolderException">The bytes are of another format.</exception>
    public static LogSegment Decode(byte[] content)
    {
        using var reader = new BinaryReader(new MemoryStream(content));
        if (reader.ReadInt32() is var format && format != Format)
        {
            throw new RunFolderException($"{UpdateLogFile.Name} is of format {format}; this program reads format {Format}");
        }

        var generation = reader.ReadInt64();
        var phase = new RulePhase((int)reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var (from, to) = (reader.ReadInt64(), reader.ReadInt64());
        var units = new UnitRecord[reader.ReadInt32()];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = Read(reader);
        }

        return new LogSegment(generation, phase, from, to, units);
    }

    private static void Write(BinaryWriter writer, in UnitRecord unit)
    {
        writer.Write(unit.Version);
        writer.Write(unit.Step);
        writer.Write(unit.ReadVersion);
        writer.Write(unit.OwnFrom);
        writer.Write(unit.Lane);
        writer.Write(unit.Samples);
        writer.Write(unit.Scale);
    }

    private static UnitRecord Read(BinaryReader reader)
    {
        var (version, step, read, own) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return new UnitRecord(version, reader.ReadInt32(), step, read, own, reader.ReadInt32(), reader.ReadSingle());
    }
}
