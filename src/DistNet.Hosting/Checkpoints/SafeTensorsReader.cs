using System.Buffers.Binary;
using System.Text.Json;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// Reads the safetensors format and believes nothing: every length is checked against what is really there before
/// memory is taken for it. Whatever is wrong is an <see cref="InvalidDataException"/>. Reads F32, I64 and U8 only.
/// </summary>
public static class SafeTensorsReader
{
    /// <summary>The format's own limit.</summary>
    private const long MaxHeaderBytes = 100_000_000;

    /// <param name="stream">A seekable stream, read from its position to its end.</param>
    public static IReadOnlyDictionary<string, SafeTensor> Read(Stream stream)
    {
        var header = ReadHeader(stream);
        var dataLength = stream.Length - stream.Position;
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var entries = json.RootElement.EnumerateObject()
                .Where(property => property.Name != "__metadata__")
                .Select(property => Entry.Parse(property.Name, property.Value))
                .OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)
                .ToArray();
            RequireNoGaps(entries, dataLength);
            return entries.ToDictionary(entry => entry.Name, entry => entry.ReadFrom(stream));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"the header is not one of safetensors: {e.Message}", e);
        }
    }

    private static byte[] ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw new InvalidDataException("the file is shorter than a header");
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length < 2 || length > Math.Min(MaxHeaderBytes, stream.Length - stream.Position))
        {
            throw new InvalidDataException(Invariant($"the header's length {length} is impossible"));
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    /// <summary>Tensors follow each other without gap or overlap to the end of the data, as the format demands.</summary>
    private static void RequireNoGaps(ReadOnlySpan<Entry> entries, long dataLength)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new InvalidDataException(Invariant($"tensor {entry.Name} begins at {entry.Begin}, not at {end}"));
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new InvalidDataException(Invariant($"the tensors need {end} bytes and the file has {dataLength}"));
        }
    }

    private sealed record Entry(string Name, TensorType Type, long[] Shape, long Begin, long End)
    {
        private static readonly Dictionary<string, TensorType> Types = Enum.GetValues<TensorType>().ToDictionary(type => type.ToString());

        public static Entry Parse(string name, JsonElement json)
        {
            var offsets = Numbers(json.GetProperty("data_offsets"));
            var shape = Numbers(json.GetProperty("shape"));
            if (!Types.TryGetValue(json.GetProperty("dtype").GetString() ?? "", out var type))
            {
                throw new InvalidDataException($"tensor {name} has type {json.GetProperty("dtype")}; F32, I64 and U8 are read");
            }

            if (offsets.Length != 2 || offsets[1] - offsets[0] != BytesOf(shape, type) || offsets[1] - offsets[0] > Array.MaxLength)
            {
                throw new InvalidDataException($"tensor {name}'s shape and offsets do not agree");
            }

            return new(name, type, shape, offsets[0], offsets[1]);
        }

        public SafeTensor ReadFrom(Stream stream)
        {
            var bytes = new byte[End - Begin];
            stream.ReadExactly(bytes);
            return new(Name, Type, Shape, bytes);
        }

        private static long[] Numbers(JsonElement json)
        {
            var numbers = json.EnumerateArray().Select(number => number.GetInt64()).ToArray();
            return Array.TrueForAll(numbers, number => number >= 0) ? numbers : throw new InvalidDataException("a length is negative");
        }

        /// <summary>Bytes of a tensor of that shape, or -1 where that is more than fits a number.</summary>
        private static long BytesOf(long[] shape, TensorType type)
        {
            try
            {
                return shape.Aggregate((long)SafeTensor.SizeOf(type), (product, length) => checked(product * length));
            }
            catch (OverflowException)
            {
                return -1;
            }
        }
    }
}
