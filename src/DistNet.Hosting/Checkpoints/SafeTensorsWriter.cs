using System.Buffers.Binary;
using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>
/// Writes the safetensors format: 8 bytes little-endian length of the header, the header as JSON padded with spaces to a
/// multiple of 8, then the tensors without gaps. Wider types come first, so that every tensor is aligned to its type.
/// </summary>
public static class SafeTensorsWriter
{
    /// <param name="stream">Written to.</param>
    /// <param name="tensors">Kept in order within a type.</param>
    /// <param name="metadata">Texts for whoever reads the file, in their order; null: none.</param>
    public static void Write(Stream stream, IEnumerable<SafeTensor> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(tensor => SafeTensor.SizeOf(tensor.Type)).ToArray();
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered)
        {
            stream.Write(tensor.Bytes);
        }
    }

    private static byte[] Header(IEnumerable<SafeTensor> tensors, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach (var (name, text) in metadata)
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafeTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.ToString());
        WriteNumbers(json, "shape", tensor.Shape);
        WriteNumbers(json, "data_offsets", [offset, offset + tensor.Bytes.Length]);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
