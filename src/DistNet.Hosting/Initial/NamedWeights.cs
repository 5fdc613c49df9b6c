using System.Globalization;
using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// Weights by their names in a safetensors file, in either of two forms: "layers.N.weight" [in, out] as in a checkpoint, whose other tensors are passed
/// over, or "K.weight" [out, in] as PyTorch's nn.Sequential has them. Layers are taken in the order of their numbers, which need not be consecutive
/// in the second form: nn.Sequential counts activations. Collects every mistake before it complains.
/// </summary>
/// <param name="source">What the file is called in messages.</param>
/// <param name="layout">Of the network that the weights are for.</param>
internal sealed partial class NamedWeights(string source, ParameterLayout layout)
{
    private static readonly string[] OfCheckpoints = ["optimizer.", "position.", "version", "record"];

    private readonly List<string> _problems = [];

    /// <returns>The flat vector, without padding.</returns>
    /// <exception cref="UsageException">The weights do not fit: one line for each mistake.</exception>
    public float[] Read(Stream file)
    {
        try
        {
            return Read(SafeTensorsReader.Read(file));
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{source} cannot be used: {e.Message}");
        }
    }

    private float[] Read(IReadOnlyDictionary<string, SafeTensor> tensors)
    {
        var isCheckpoint = tensors.Keys.Any(name => name.StartsWith("layers.", StringComparison.Ordinal));
        var named = tensors.Values.ToLookup(tensor => NameOf(tensor, isCheckpoint));
        _problems.AddRange(named[null].Select(tensor => $"{tensor.Name} is no weight or bias of a dense layer"));
        var layers = named.Where(group => group.Key is >= 0).OrderBy(group => group.Key).Select(group => new NamedLayer(group.Key!.Value, group, isCheckpoint)).ToArray();
        var values = new float[layout.Length];
        RequireOneOfEach(layers);
        if (RequireNoGaps(layers, isCheckpoint) && RequireSameNetwork(layers))
        {
            foreach (var (layer, slice) in layers.Zip(layout.Layers.ToArray()))
            {
                Copy(layer, slice, values);
            }
        }

        return _problems.Count == 0 ? values : throw new UsageException([.. _problems.Select(problem => $"{source}: {problem}")]);
    }

    /// <summary>The number of its layer; -1: of a checkpoint, and of no use here; null: it is neither weight nor bias.</summary>
    private static int? NameOf(SafeTensor tensor, bool isCheckpoint)
    {
        var match = LayerName().Match(tensor.Name);
        return match.Success && match.Groups["layers"].Success == isCheckpoint
            ? int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : isCheckpoint && OfCheckpoints.Any(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)) ? -1 : null;
    }

    /// <summary>"00.weight" and "0.weight" are of one layer.</summary>
    private void RequireOneOfEach(NamedLayer[] layers) => _problems.AddRange(layers
        .SelectMany(layer => layer.Names.GroupBy(name => name[name.LastIndexOf('.')..]))
        .Where(part => part.Count() > 1)
        .Select(part => $"{string.Join(" and ", part.Order(StringComparer.Ordinal))} are the same part of one layer; leave one"));

    /// <summary>
    /// A checkpoint counts dense layers. Where numbers are left out somebody else's module has an nn.Sequential of the name layers, whose weights
    /// are the other way round.
    /// </summary>
    private bool RequireNoGaps(NamedLayer[] layers, bool isCheckpoint)
    {
        var numbers = layers.Select(layer => layer.Number).ToArray();
        if (!isCheckpoint || numbers.SequenceEqual(Enumerable.Range(0, numbers.Length)))
        {
            return true;
        }

        _problems.Add($"it has layers {string.Join(", ", numbers)}, and a checkpoint's are counted from 0 without gaps; of a module with an nn.Sequential called layers save the nn.Sequential's own state_dict");
        return false;
    }

    /// <summary>Where widths differ one line says it, instead of one for each tensor.</summary>
    private bool RequireSameNetwork(NamedLayer[] layers)
    {
        var found = layers.Where(layer => layer.Weight is { Shape.Count: 2 }).ToArray();
        var widths = found.Length == 0 ? [] : found.Select(layer => layer.Units).Prepend(found[0].Inputs).ToArray();
        var wanted = layout.Layers.ToArray().Select(slice => (long)slice.Units).Prepend(layout.Layers[0].Inputs).ToArray();
        if (found.Length < layers.Length || widths.SequenceEqual(wanted))
        {
            foreach (var layer in layers.Except(found))
            {
                _problems.Add(layer.Weight is { } weight ? $"{weight.Name} is {Text(weight.Shape)}; a weight has two dimensions" : $"there is no {layer.NameOf("weight")} beside {layer.NameOf("bias")}");
            }

            return found.Length == layers.Length;
        }

        _problems.Add(found.Length == 0
            ? "there are no weights in it; their names are 0.weight, 0.bias and so on"
            : $"it is of a network {string.Join('-', widths)}, this run's is {string.Join('-', wanted)}; --hidden says how wide it is");
        return false;
    }

    private void Copy(NamedLayer layer, LayerSlice slice, Span<float> values)
    {
        if (Fits(layer.Weight!, layer.IsTransposed ? [slice.Units, slice.Inputs] : [slice.Inputs, slice.Units]))
        {
            layer.CopyWeight(values.Slice(slice.WeightOffset, slice.WeightLength));
        }

        if (slice.HasBias && layer.Bias is null)
        {
            _problems.Add($"there is no {layer.NameOf("bias")}; --no-bias is for networks without");
        }
        else if (!slice.HasBias && layer.Bias is not null)
        {
            _problems.Add($"there is {layer.NameOf("bias")}, and the network has no biases; leave --no-bias out");
        }
        else if (layer.Bias is { } bias && Fits(bias, [slice.Units]))
        {
            bias.Singles.CopyTo(values[slice.BiasOffset..]);
        }
    }

    private bool Fits(SafeTensor tensor, long[] shape)
    {
        var problem = tensor.Type != TensorType.F32 ? $"{tensor.Name} is {tensor.Type}, not F32"
            : !tensor.Shape.SequenceEqual(shape) ? $"{tensor.Name} is {Text(tensor.Shape)}, not {Text(shape)}"
            : !TensorPrimitives.IsFiniteAll(tensor.Singles) ? $"{tensor.Name} holds values that are not finite"
            : null;
        if (problem is not null)
        {
            _problems.Add(problem);
        }

        return problem is null;
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    [GeneratedRegex(@"^(?<layers>layers\.)?(?<number>[0-9]{1,6})\.(weight|bias)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LayerName();

    /// <summary>What a file has of one layer.</summary>
    private sealed class NamedLayer(int number, IEnumerable<SafeTensor> tensors, bool isCheckpoint)
    {
        public int Number => number;

        public IReadOnlyList<string> Names { get; } = [.. tensors.Select(tensor => tensor.Name)];

        /// <summary>[out, in].</summary>
        public bool IsTransposed => !isCheckpoint;

        public SafeTensor? Weight { get; } = tensors.FirstOrDefault(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal));

        public SafeTensor? Bias { get; } = tensors.FirstOrDefault(tensor => tensor.Name.EndsWith(".bias", StringComparison.Ordinal));

        public long Inputs => Weight!.Shape[IsTransposed ? 1 : 0];

        public long Units => Weight!.Shape[IsTransposed ? 0 : 1];

        public string NameOf(string part) => Invariant($"{(isCheckpoint ? "layers." : "")}{number}.{part}");

        /// <summary>As [in, out].</summary>
        public void CopyWeight(Span<float> target)
        {
            if (!IsTransposed)
            {
                Weight!.Singles.CopyTo(target);
                return;
            }

            var (units, inputs) = ((int)Units, (int)Inputs);
            var source = Weight!.Singles;
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[(i % units * inputs) + (i / units)];
            }
        }
    }
}
