using DistNet.Numerics;

namespace DistNet.Learning.Tests;

public sealed class GradientTests
{
    private const int Rows = 4;

    public static TheoryData<Activation, LossKind, bool> Combinations()
    {
        var data = new TheoryData<Activation, LossKind, bool>();
        foreach (var activation in Enum.GetValues<Activation>())
        {
            foreach (var loss in Enum.GetValues<LossKind>())
            {
                data.Add(activation, loss, true);
                data.Add(activation, loss, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Gradient_and_loss_are_the_sums_over_samples_that_central_differences_give(Activation activation, LossKind loss, bool bias)
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(activation, loss, bias));
        ShouldMatch(net, [3, 1, 4, 15], step: null, mask: null);
    }

    [Theory]
    [InlineData(LossKind.SigmoidCrossEntropy)]
    [InlineData(LossKind.SquaredError)]
    public void One_output_is_compared_with_the_label_itself(LossKind loss)
    {
        using var net = new NetworkFixture(NetworkFixture.Spec3(loss: loss, outputs: 1));
        ShouldMatch(net, [3, 1, 4, 15], step: null, mask: null);
    }

    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Sigmoid)]
    public void Activation_of_the_last_layer_is_differentiated_too(Activation last)
    {
        using var net = new NetworkFixture(new NetworkSpec(7, [new(18, Activation.Elu), new(3, last)], new(LossKind.SquaredError)));
        ShouldMatch(net, [3, 1, 4, 15], step: null, mask: null);
    }

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Softplus)]
    public void Dropout_is_differentiated_with_the_mask_that_was_drawn(Activation activation)
    {
        var step = new TrainingStep(Seed: 11, Epoch: 2, Step: 77);
        using var net = new NetworkFixture(NetworkFixture.Spec3(activation, dropout: 0.4f));
        ShouldMatch(net, [3, 1, 4, 15], step, (sample, layer, unit) =>
        {
            // The documented key: sample x row length + unit, rows padded to 16.
            if (layer == 2)
            {
                return 1;
            }

            var stride = layer == 0 ? 32 : 16;
            var draw = Luck.Key(11, LuckPurpose.Dropout, 2, 77, (uint)layer).Uniform((ulong)((sample * stride) + unit));
            return draw < 0.4f ? 0 : 1 / 0.6;
        });
    }

    private static void ShouldMatch(NetworkFixture net, int[] samples, TrainingStep? step, Func<int, int, int, double>? mask)
    {
        var (gradient, sums) = net.Node(TreeNode.Leaf(0), samples, 0, [0, Rows], step);
        var judges = samples.Select(sample => new ReferenceNetwork(net.Spec, net.Layout)
        {
            Mask = mask is null ? null : (layer, unit) => mask(sample, layer, unit),
        }).ToArray();
        double Sum(Func<ReferenceNetwork, double[], int, double> each) =>
            samples.Select((sample, i) => each(judges[i], NetworkFixture.Doubles(net.Data.Row(sample)), net.Data.Labels[sample])).Sum();

        var parameters = net.DoubleParameters;
        sums.Loss.ShouldBe(Sum((judge, x, label) => judge.Loss(parameters, x, label)), 1e-4);
        sums.Samples.ShouldBe(Rows);
        var scale = gradient.Max(Math.Abs);
        scale.ShouldBeGreaterThan(0.01f);
        for (var i = 0; i < gradient.Length; i++)
        {
            ((double)gradient[i]).ShouldBe(Sum((judge, x, label) => judge.Gradient(parameters, i, x, label)), 2e-5 * (1 + scale), $"parameter {i}");
        }
    }
}
