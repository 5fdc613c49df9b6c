using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// Names of tensors in a checkpoint: layers.N.weight [in, out] and layers.N.bias; optimizer.SLOT.layers.N.weight and so
/// on; position.NAME; version; record. Padding of the flat vectors is not stored and is zero when read.
/// </summary>
internal static class CheckpointCodec
{
    private const string PositionPrefix = "position.";
    private const string OptimizerPrefix = "optimizer.";

    public static List<SafeTensor> Encode(CheckpointContent content)
    {
        var tensors = new List<SafeTensor>();
        AddVector(tensors, "", content.Layout, content.Parameters.Span);
        foreach (var slot in content.Slots)
        {
            AddVector(tensors, $"{OptimizerPrefix}{slot.Name}.", content.Layout, slot.Values.Span);
        }

        tensors.Add(SafeTensor.Of("version", [content.Version]));
        tensors.AddRange(content.Position.Select(position => SafeTensor.Of(PositionPrefix + position.Key, position.Value)));
        tensors.Add(SafeTensor.Of("record", content.Record));
        return tensors;
    }

    /// <summary>Weights and biases alone.</summary>
    public static List<SafeTensor> EncodeWeights(ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        var tensors = new List<SafeTensor>();
        AddVector(tensors, "", layout, parameters);
        return tensors;
    }

    /// <summary>
    /// Throws <see cref="RunFolderException"/> when the tensors are those of another network, <see cref="InvalidDataException"/>
    /// when they are no checkpoint.
    /// </summary>
    public static CheckpointContent Decode(IReadOnlyDictionary<string, SafeTensor> tensors, ParameterLayout layout) => new()
    {
        Version = Require(tensors, "version").Longs is [var version] ? version : throw new InvalidDataException("version is not one number"),
        Layout = layout,
        Parameters = ReadVector(tensors, "", layout),
        Slots = [.. SlotNames(tensors).Select(name => new CheckpointSlot(name, ReadVector(tensors, $"{OptimizerPrefix}{name}.", layout)))],
        Position = tensors.Values
            .Where(tensor => tensor.Name.StartsWith(PositionPrefix, StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Name[PositionPrefix.Length..], tensor => tensor.Longs.ToArray()),
        Record = Require(tensors, "record").Text,
    };

    private static void AddVector(List<SafeTensor> tensors, string prefix, ParameterLayout layout, ReadOnlySpan<float> values)
    {
        foreach (var layer in layout.Layers)
        {
            tensors.Add(SafeTensor.Of(WeightName(prefix, layer), values.Slice(layer.WeightOffset, layer.WeightLength), layer.Inputs, layer.Units));
            if (layer.HasBias)
            {
                tensors.Add(SafeTensor.Of(BiasName(prefix, layer), values.Slice(layer.BiasOffset, layer.BiasLength), layer.Units));
            }
        }
    }

    private static float[] ReadVector(IReadOnlyDictionary<string, SafeTensor> tensors, string prefix, ParameterLayout layout)
    {
        var count = tensors.Keys.Count(name => name.StartsWith(prefix + "layers.", StringComparison.Ordinal));
        var expected = 0;
        var values = new float[layout.PaddedLength];
        foreach (var layer in layout.Layers)
        {
            Copy(tensors, WeightName(prefix, layer), [layer.Inputs, layer.Units], values.AsSpan(layer.WeightOffset));
            expected++;
            if (layer.HasBias)
            {
                Copy(tensors, BiasName(prefix, layer), [layer.Units], values.AsSpan(layer.BiasOffset));
                expected++;
            }
        }

        return count == expected
            ? values
            : throw new RunFolderException(Invariant($"the checkpoint is of another network: it has {count} weights and biases, config.json's has {expected}"));
    }

    private static void Copy(IReadOnlyDictionary<string, SafeTensor> tensors, string name, long[] shape, Span<float> values)
    {
        if (!tensors.TryGetValue(name, out var tensor))
        {
            throw new RunFolderException($"the checkpoint is of another network: it has no {name}, config.json's has");
        }

        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw new RunFolderException(
                $"the checkpoint is of another network: its {name} is [{string.Join(", ", tensor.Shape)}], config.json's is [{string.Join(", ", shape)}]");
        }

        tensor.Singles.CopyTo(values);
    }

    private static IEnumerable<string> SlotNames(IReadOnlyDictionary<string, SafeTensor> tensors) => tensors.Keys
        .Where(name => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
        .Select(name => name.Split('.')[1])
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static SafeTensor Require(IReadOnlyDictionary<string, SafeTensor> tensors, string name) =>
        tensors.TryGetValue(name, out var tensor) ? tensor : throw new InvalidDataException($"there is no {name}");

    private static string WeightName(string prefix, LayerSlice layer) => Invariant($"{prefix}layers.{layer.Layer}.weight");

    private static string BiasName(string prefix, LayerSlice layer) => Invariant($"{prefix}layers.{layer.Layer}.bias");
}
