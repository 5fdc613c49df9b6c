using DistNet.Protocol;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// One partition's cut as a sealed file of tensors in the safetensors format: parameters, slot.0 and so on, where it lies in the flat vector, in which generation it was
/// taken, and its log.
/// </summary>
internal static class CutFile
{
    public static void Write(string path, PartitionCut cut)
    {
        var log = cut.Log;
        var tensors = new List<SafeTensor>
        {
            SafeTensor.Of("log", [log.Version, log.Samples, (long)log.Digest]),
            SafeTensor.Of("partition", [cut.Partition, cut.Offset, cut.Length]),
            SafeTensor.Of("generation", [cut.Generation]),
            Values("parameters", cut.Parameters),
        };
        tensors.AddRange(cut.Slots.Select((slot, index) => Values(SlotName(index), slot)));
        SealedFile.Write(path, stream => SafeTensorsWriter.Write(stream, tensors));
    }

    /// <summary>Null where there is no whole file. Tensors are the caller's to release.</summary>
    public static PartitionCut? Read(string path, TensorPool pool)
    {
        using var content = SealedFile.Read(path);
        if (content is null)
        {
            return null;
        }

        var tensors = SafeTensorsReader.Read(content);
        var log = tensors["log"].Longs;
        var partition = tensors["partition"].Longs;
        return new PartitionCut(
            (int)partition[0],
            (int)partition[1],
            (int)partition[2],
            tensors["generation"].Longs[0],
            new ApplyLog(log[0], log[1], (ulong)log[2]),
            Lease(tensors["parameters"], pool),
            [.. Enumerable.Range(0, tensors.Count).Select(SlotName).TakeWhile(tensors.ContainsKey).Select(name => Lease(tensors[name], pool))]);
    }

    private static SafeTensor Values(string name, TensorSlice values) => SafeTensor.Of(name, values.Span, values.Length);

    private static TensorSlice Lease(SafeTensor values, TensorPool pool)
    {
        var tensor = pool.Rent(values.Singles.Length);
        values.Singles.CopyTo(tensor.Span);
        return tensor.All;
    }

    private static string SlotName(int index) => Invariant($"slot.{index}");
}
