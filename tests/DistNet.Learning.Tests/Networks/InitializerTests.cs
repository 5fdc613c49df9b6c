namespace DistNet.Learning.Tests;

public sealed class InitializerTests
{
    private static readonly ParameterLayout Layout = new(new(300, [new(200, Activation.Relu), new(10, Activation.Identity)], new(LossKind.SoftmaxCrossEntropy)));

    [Theory]
    [InlineData(InitializerKind.Zeros, 0)]
    [InlineData(InitializerKind.Normal, 0.0001)]
    [InlineData(InitializerKind.Xavier, 2.0 / 500)]
    [InlineData(InitializerKind.He, 2.0 / 300)]
    [InlineData(InitializerKind.LeCun, 1.0 / 300)]
    public void Weights_have_mean_0_and_the_variance_of_the_kind(InitializerKind kind, double variance)
    {
        var weights = Weights(Initialize(kind, 1));
        ((double)weights.Average()).ShouldBe(0, (4 * Math.Sqrt(variance / weights.Length)) + 1e-12);
        weights.Average(weight => (double)weight * weight).ShouldBe(variance, (0.03 * variance) + 1e-12);
    }

    [Fact]
    public void Uniform_weights_fill_the_unit_interval()
    {
        var weights = Weights(Initialize(InitializerKind.Uniform, 1));
        ((double)weights.Average()).ShouldBe(0.5, 0.01);
        weights.Min().ShouldBeInRange(0, 0.001f);
        weights.Max().ShouldBeInRange(0.999f, 1);
    }

    [Fact]
    public void Ones_are_all_weights_and_no_bias()
    {
        var parameters = Initialize(InitializerKind.Ones, 1);
        foreach (var layer in Layout.Layers)
        {
            parameters[layer.WeightOffset..layer.BiasOffset].ShouldAllBe(weight => weight == 1);
            parameters[layer.BiasOffset..layer.End].ShouldAllBe(bias => bias == 0);
        }
    }

    [Fact]
    public void Biases_and_padding_are_zero_and_old_content_is_gone()
    {
        var parameters = Initialize(InitializerKind.He, 1);
        foreach (var layer in Layout.Layers)
        {
            parameters[layer.BiasOffset..layer.End].ShouldAllBe(bias => bias == 0);
        }

        parameters[Layout.Length..].ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Seeds_and_layers_differ_and_the_same_seed_repeats()
    {
        var first = Initialize(InitializerKind.He, 1);
        Initialize(InitializerKind.He, 1).ShouldBe(first);
        Initialize(InitializerKind.He, 2)[0].ShouldNotBe(first[0]);
        first[Layout.Layers[1].WeightOffset].ShouldNotBe(first[0]);
    }

    private static float[] Weights(float[] parameters) => parameters[..Layout.Layers[0].WeightLength];

    private static float[] Initialize(InitializerKind kind, ulong seed)
    {
        var parameters = new float[Layout.PaddedLength];
        parameters.AsSpan().Fill(-1);
        Initializer.Initialize(Layout, kind, seed, parameters);
        return parameters;
    }
}
