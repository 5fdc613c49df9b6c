using DistNet.Numerics;

namespace DistNet.Learning.Tests;

public sealed unsafe class NetworkComputeTests
{
    [Theory]
    [InlineData(Activation.Relu, LossKind.SoftmaxCrossEntropy)]
    [InlineData(Activation.Gelu, LossKind.SigmoidCrossEntropy)]
    [InlineData(Activation.Sigmoid, LossKind.SquaredError)]
    public void Evaluation_agrees_with_the_reference_and_ignores_dropout(Activation activation, LossKind loss)
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(activation, loss, dropout: 0.5f));
        int[] samples = [.. Enumerable.Range(0, 50)];
        net.Node(TreeNode.Leaf(0), samples, 0, [0, 50], new TrainingStep(1, 1, 1));
        net.Compute.Gather(net.Data, samples);
        var sums = net.Compute.Evaluate(net.Weights);

        var judge = new ReferenceNetwork(net.Spec, net.Layout);
        var outputs = samples.Select(i => judge.Outputs(net.DoubleParameters, NetworkFixture.Doubles(net.Data.Row(i)))).ToArray();
        sums.Loss.ShouldBe(samples.Sum(i => judge.Loss(net.DoubleParameters, NetworkFixture.Doubles(net.Data.Row(i)), net.Data.Labels[i])), 1e-3);
        sums.Correct.ShouldBe(samples.Count(i => Array.IndexOf(outputs[i], outputs[i].Max()) == net.Data.Labels[i]));
        sums.Samples.ShouldBe(50);
    }

    [Fact]
    public void Softmax_predictions_are_probabilities_in_the_order_of_the_classes()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3());
        var (outputs, classes) = Predict(net, 20);
        for (var row = 0; row < 20; row++)
        {
            var probabilities = outputs[(row * 3)..((row + 1) * 3)];
            probabilities.Sum().ShouldBe(1, 1e-5f);
            classes[row].ShouldBe(Array.IndexOf(probabilities, probabilities.Max()));
        }
    }

    [Theory]
    [InlineData(LossKind.SigmoidCrossEntropy)]
    [InlineData(LossKind.SquaredError)]
    public void One_output_predicts_class_1_past_a_half(LossKind loss)
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(loss: loss, outputs: 1));
        var (outputs, classes) = Predict(net, 60);
        classes.ShouldBe(outputs.Select(output => output > 0.5f ? 1 : 0));
        classes.Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(LossKind.SoftmaxCrossEntropy, 1e4)]
    [InlineData(LossKind.SigmoidCrossEntropy, 2e4)]
    public void Huge_outputs_give_finite_losses_and_gradients(LossKind kind, double expected)
    {
        var loss = Loss.Of(kind, 2);
        var row = new float[16];
        (row[0], row[1]) = (1e4f, kind == LossKind.SoftmaxCrossEntropy ? 0 : -1e4f);
        var gradient = new float[16];
        loss.Evaluate(row, 1, gradient).ShouldBe(expected);
        gradient[..2].ShouldBe([1, -1]);
        loss.Evaluate(row, 0, gradient).ShouldBe(0);
        gradient.ShouldAllBe(value => value == 0);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Huge_inputs_keep_values_and_slopes_finite(Activation activation)
    {
        var function = ActivationFunction.Of(activation);
        using AlignedBuffer inputs = new(16), values = new(16), slopes = new(16);
        float[] huge = [1e4f, -1e4f, 1e18f, -1e18f];
        huge.CopyTo(inputs.Span);
        slopes.Span.Fill(1);
        function.Apply(Row(inputs), Row(values));
        function.MultiplyBySlope(Row(function.SlopeNeedsInput ? inputs : values), Row(slopes));
        values.Span.ToArray().ShouldAllBe(value => float.IsFinite(value));
        slopes.Span.ToArray().ShouldAllBe(slope => float.IsFinite(slope) && slope >= -0.2f && slope <= 1.76f);
    }

    private static unsafe Matrix Row(AlignedBuffer buffer) => new(buffer.Pointer, 1, buffer.Length);

    public static TheoryData<Activation> Activations => new(Enum.GetValues<Activation>());

    [Fact]
    public void First_layer_that_is_not_finite_is_named()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3());
        net.Compute.Gather(net.Data, [0, 1]);
        net.Compute.Forward(net.Weights);
        net.Compute.FirstNonFiniteLayer().ShouldBe(-1);
        net.Parameters[net.Layout.Layers[1].WeightOffset + 3] = float.NaN;
        net.Compute.Forward(net.Weights);
        net.Compute.FirstNonFiniteLayer().ShouldBe(1);
    }

    [Fact]
    public void Dropout_keeps_the_share_it_should_and_the_mean()
    {
        using var mask = new AlignedBuffer(512 * 64);
        DropoutMask.Fill(new TrainingStep(1, 2, 3), 0, 0.3f, Enumerable.Range(0, 512).ToArray(), new Matrix(mask.Pointer, 512, 64));
        mask.Span.ToArray().Distinct().Order().ShouldBe([0, 1 / 0.7f]);
        ((double)mask.Span.Count(0f) / mask.Length).ShouldBe(0.3, 0.01);
    }

    [Fact]
    public void Bands_come_last_layer_first_each_complete_and_cover_every_parameter_once()
    {
        using var net = new NetworkFixture(new NetworkSpec(70, [new(1400, Activation.Relu), new(3, Activation.Identity)], new(LossKind.SoftmaxCrossEntropy)));
        GradientVectors? seen = null;
        using var gradient = new GradientVectors(net.Layout) { Ready = band => seen![0].Slice(band.Offset, band.Length).ToArray().ShouldAllBe(value => float.IsFinite(value)) };
        seen = gradient;
        Backward(net, gradient).ShouldBeTrue();
        gradient.Seen.Select(band => band.Layer).ShouldBe([1, 0, 0, 0]);
        gradient.Seen.Select(band => band.Rows).ShouldBe([1400, 24, 24, 22]);
        gradient[0].ToArray().ShouldAllBe(value => float.IsFinite(value));
        var next = 0;
        foreach (var band in gradient.Seen.OrderBy(band => band.Offset))
        {
            band.Offset.ShouldBe(next);
            next = band.End;
        }

        next.ShouldBe(net.Layout.Length);
    }

    [Fact]
    public void Cancelled_computation_stops_and_says_so()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3());
        var cancel = new CancelFlag();
        using var gradient = new GradientVectors(net.Layout)
        {
            Ready = band =>
            {
                if (band.Layer == 1)
                {
                    cancel.Set();
                }
            },
        };
        Backward(net, gradient, cancel).ShouldBeFalse();
        gradient.Seen.Select(band => band.Layer).ShouldBe([2, 1]);
        net.Compute.Forward(net.Weights, cancel: cancel).ShouldBeFalse();
    }

    [Fact]
    public void Weights_that_are_not_packed_give_the_same_bits()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(Activation.Gelu));
        using GradientVectors packed = new(net.Layout), direct = new(net.Layout);
        Backward(net, packed).ShouldBeTrue();
        var weights = new DirectWeights();
        weights.Begin(net.Parameters);
        Backward(net, direct, weights: weights).ShouldBeTrue();
        direct[0].ToArray().ShouldBe(packed[0].ToArray());
    }

    [Fact]
    public void Lanes_and_nodes_that_do_not_fit_are_refused()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3());
        Should.Throw<ArgumentException>(() => net.Node(TreeNode.Leaf(0), [1, 2], 0, [0, 1]));
        Should.Throw<ArgumentException>(() => net.Node(TreeNode.Leaf(0), [1, 2], 0, [0, 2, 1, 2]));
        Should.Throw<ArgumentException>(() => net.Node(TreeNode.Leaf(0), [1, 2], 4, [0, 2]));
        Should.Throw<ArgumentException>(() => net.Node(new TreeNode(1, 0), [1, 2], 1, [0, 2]));
        Should.Throw<ArgumentOutOfRangeException>(() => net.Compute.Gather(net.Data, new int[NetworkFixture.Samples + 1]));
    }

    [Fact]
    public void Steps_after_the_first_allocate_nothing()
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(Activation.Gelu, dropout: 0.5f));
        using var gradient = new GradientVectors(net.Layout);
        int[] samples = [1, 2, 3, 4, 5, 6], bounds = [0, 2, 3, 6];
        TreeNode[] nodes = [new(2, 0)];
        var sums = new SampleSums[1];
        void Step()
        {
            net.Compute.Gather(net.Data, samples);
            net.Compute.Forward(net.Weights, new TrainingStep(1, 2, 3));
            net.Compute.Backward(new LaneRows(0, bounds), nodes, sums, gradient);
        }

        Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static (float[] Outputs, int[] Classes) Predict(NetworkFixture net, int count)
    {
        var outputs = new float[count * net.Spec.Outputs];
        var classes = new int[count];
        net.Compute.Gather(net.Data, Enumerable.Range(0, count).ToArray());
        net.Compute.Predict(net.Weights, outputs, classes);
        return (outputs, classes);
    }

    private static bool Backward(NetworkFixture net, GradientVectors gradient, CancelFlag? cancel = null, NetworkWeights? weights = null)
    {
        net.Compute.Gather(net.Data, [1, 2, 3]);
        net.Compute.Forward(weights ?? net.Weights, cancel: cancel).ShouldBeTrue();
        return net.Compute.Backward(new LaneRows(0, [0, 3]), [TreeNode.Leaf(0)], new SampleSums[1], gradient, cancel);
    }
}
