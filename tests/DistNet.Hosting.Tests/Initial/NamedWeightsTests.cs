using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class NamedWeightsTests
{
    /// <summary>2-3-2.</summary>
    private static readonly ParameterLayout Layout = LayoutOf(hasBias: true);

    private static readonly SafeTensor[] Sequential =
    [
        SafeTensor.Of("0.weight", [1f, 2, 3, 4, 5, 6], 3, 2),
        SafeTensor.Of("0.bias", [7f, 8, 9], 3),
        SafeTensor.Of("2.weight", [10f, 20, 30, 40, 50, 60], 2, 3),
        SafeTensor.Of("2.bias", [70f, 80], 2),
    ];

    private static readonly float[] Flat = [1, 3, 5, 2, 4, 6, 7, 8, 9, 10, 40, 20, 50, 30, 60, 70, 80];

    [Fact]
    public void Weights_of_nn_sequential_are_transposed()
    {
        Read(Layout, Sequential).ShouldBe(Flat);
    }

    [Fact]
    public void Layers_are_taken_by_number_and_not_by_place_or_as_text()
    {
        SafeTensor[] renumbered =
        [
            Sequential[2] with { Name = "10.weight" },
            Sequential[3] with { Name = "10.bias" },
            Sequential[1] with { Name = "3.bias" },
            Sequential[0] with { Name = "3.weight" },
        ];

        Read(Layout, renumbered).ShouldBe(Flat);
    }

    [Fact]
    public void A_checkpoint_is_taken_as_it_is_and_its_optimiser_is_passed_over()
    {
        var content = new CheckpointContent
        {
            Version = 3,
            Layout = Layout,
            Parameters = Flat,
            Slots = [new CheckpointSlot("velocity", new float[Layout.Length])],
            Position = new Dictionary<string, long[]> { ["samples"] = [7] },
        };

        Read(Layout, CheckpointCodec.Encode(content)).ShouldBe(Flat);
    }

    [Fact]
    public void A_sequential_that_is_part_of_a_module_is_not_taken_for_a_checkpoint()
    {
        Complaints(Layout, Sequential.Select(tensor => tensor with { Name = $"layers.{tensor.Name}" })).ShouldBe(
        [
            "w: it has layers 0, 2, and a checkpoint's are counted from 0 without gaps; of a module with an nn.Sequential called layers save the nn.Sequential's own state_dict",
        ]);
    }

    [Fact]
    public void Two_tensors_of_one_part_are_told()
    {
        Complaints(Layout, [.. Sequential, Sequential[0] with { Name = "00.weight" }]).ShouldBe(["w: 0.weight and 00.weight are the same part of one layer; leave one"]);
    }

    [Fact]
    public void A_network_without_biases_has_none()
    {
        var layout = LayoutOf(hasBias: false);

        Read(layout, Sequential.Where(tensor => tensor.Name.EndsWith("weight", StringComparison.Ordinal))).Length.ShouldBe(12);
        Complaints(layout, Sequential).ShouldBe(
        [
            "w: there is 0.bias, and the network has no biases; leave --no-bias out",
            "w: there is 2.bias, and the network has no biases; leave --no-bias out",
        ]);
    }

    [Fact]
    public void Another_network_is_named_by_its_widths()
    {
        Complaints(Layout, Sequential[..2]).ShouldBe(["w: it is of a network 2-3, this run's is 2-3-2; --hidden says how wide it is"]);
        Complaints(Layout, [Sequential[0] with { Shape = [2, 3] }, .. Sequential[1..]])
            .ShouldBe(["w: it is of a network 3-2-2, this run's is 2-3-2; --hidden says how wide it is"], "[in, out] where [out, in] is right");
        Complaints(Layout, []).ShouldBe(["w: there are no weights in it; their names are 0.weight, 0.bias and so on"]);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        SafeTensor[] wrong =
        [
            Sequential[0] with { Bytes = SafeTensor.Of("", [1f, 2, float.NaN, 4, 5, 6]).Bytes },
            Sequential[1] with { Shape = [1, 3] },
            Sequential[2],
            SafeTensor.Of("1.running_mean", [1f], 1),
        ];

        Complaints(Layout, wrong).ShouldBe(
        [
            "w: 1.running_mean is no weight or bias of a dense layer",
            "w: 0.weight holds values that are not finite",
            "w: 0.bias is [1, 3], not [3]",
            "w: there is no 2.bias; --no-bias is for networks without",
        ]);
    }

    [Fact]
    public void Layers_that_do_not_fit_each_other_are_told_too()
    {
        SafeTensor[] broken = [Sequential[0], Sequential[1], SafeTensor.Of("2.weight", new float[8], 2, 4), Sequential[3]];

        Complaints(Layout, broken).ShouldBe(["w: 2.weight is [2, 4], not [2, 3]"]);
        Complaints(Layout, Sequential[1..]).ShouldBe(["w: there is no 0.weight beside 0.bias"]);
        Complaints(Layout, [Sequential[0] with { Shape = [6] }, .. Sequential[1..]]).ShouldBe(["w: 0.weight is [6]; a weight has two dimensions"]);
        Complaints(Layout, [.. Sequential[..3], SafeTensor.Of("2.bias", [1L, 2])]).ShouldBe(["w: 2.bias is I64, not F32"]);
    }

    [Fact]
    public void What_is_no_safetensors_file_says_so()
    {
        Should.Throw<UsageException>(() => new NamedWeights("w", Layout).Read(new MemoryStream([1, 2, 3]))).Message
            .ShouldBe("w cannot be used: the file is shorter than a header");
    }

    private static string[] Complaints(ParameterLayout layout, IEnumerable<SafeTensor> tensors) =>
        [.. Should.Throw<UsageException>(() => Read(layout, tensors)).Problems];

    private static float[] Read(ParameterLayout layout, IEnumerable<SafeTensor> tensors)
    {
        var file = new MemoryStream();
        SafeTensorsWriter.Write(file, tensors);
        file.Position = 0;
        return new NamedWeights("w", layout).Read(file);
    }

    private static ParameterLayout LayoutOf(bool hasBias) => new(new NetworkSpec(
        2, [new DenseSpec(3, Activation.Relu, hasBias), new DenseSpec(2, Activation.Identity, hasBias)], new LossSpec(LossKind.SoftmaxCrossEntropy)));
}
