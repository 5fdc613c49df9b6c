using System.Runtime.InteropServices;
using System.Text;

namespace DistNet.Hosting;

/// <summary>Element types this program writes; their names are the format's.</summary>
public enum TensorType
{
    F32,
    I64,
    U8,
}

/// <summary>A named array of a safetensors file: little-endian, row-major. Owns its bytes.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Lengths of its dimensions.</param>
/// <param name="Bytes">The elements.</param>
public sealed record SafeTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, byte[] Bytes)
{
    public ReadOnlySpan<float> Singles => MemoryMarshal.Cast<byte, float>(Of(TensorType.F32));

    public ReadOnlySpan<long> Longs => MemoryMarshal.Cast<byte, long>(Of(TensorType.I64));

    public string Text => Encoding.UTF8.GetString(Of(TensorType.U8));

    public static SafeTensor Of(string name, ReadOnlySpan<float> values, params long[] shape) =>
        new(name, TensorType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static SafeTensor Of(string name, ReadOnlySpan<long> values) =>
        new(name, TensorType.I64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    public static SafeTensor Of(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(name, TensorType.U8, [bytes.Length], bytes);
    }

    internal static int SizeOf(TensorType type) => type switch
    {
        TensorType.I64 => sizeof(long),
        TensorType.F32 => sizeof(float),
        _ => 1,
    };

    private ReadOnlySpan<byte> Of(TensorType type) =>
        Type == type ? Bytes : throw new InvalidDataException($"tensor {Name} is {Type}, not {type}");
}
