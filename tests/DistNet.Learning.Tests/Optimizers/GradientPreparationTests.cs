namespace DistNet.Learning.Tests;

public sealed class GradientPreparationTests
{
    [Fact]
    public void Preparation_divides_then_clips_values_then_the_norm_then_adds_the_penalty()
    {
        float[] gradient = [8, -40, 2];
        float[] weights = [1, -2, 0];
        GradientPreparation.BeforeNorm(gradient, gradient, samples: 4, new ClippingSpec(Value: 3));
        gradient.ShouldBe([2, -3, 0.5f]);
        GradientPreparation.AfterNorm(gradient, weights, clipFactor: 0.5f, new PenaltySpec(L2: 0.25f, L1: 0.125f));
        gradient.ShouldBe([1 + 0.25f + 0.125f, -1.5f - 0.5f - 0.125f, 0.25f]);
    }

    [Fact]
    public void Biases_get_no_penalty()
    {
        float[] gradient = [1, 2];
        GradientPreparation.AfterNorm(gradient, [10, 10], clipFactor: 1, penalty: null);
        gradient.ShouldBe([1, 2]);
    }

    [Fact]
    public void Division_is_rounded_once_not_by_way_of_a_reciprocal()
    {
        float[] gradient = [.. Enumerable.Range(1, 100).Select(i => (float)i)];
        GradientPreparation.BeforeNorm(gradient, gradient, samples: 49, ClippingSpec.None);
        gradient.ShouldBe(Enumerable.Range(1, 100).Select(i => i / 49f));
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_stays_so()
    {
        float[] gradient = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        GradientPreparation.BeforeNorm(gradient, gradient, samples: 2, new ClippingSpec(Value: 1));
        gradient.ShouldBe([float.NaN, 1, -1]);
    }

    [Theory]
    [InlineData(0.3f, 0)]
    [InlineData(0, 0.2f)]
    [InlineData(0.01f, 0.05f)]
    public void Penalty_gradient_is_the_slope_of_the_penalty(float l2, float l1)
    {
        const float step = 1f / 1024;
        float[] weights = [-2, -0.5f, -0.01f, 0, 0.25f, 1, 3.5f];
        var gradient = new float[weights.Length];
        var penalty = new PenaltySpec(l2, l1);
        GradientPreparation.AfterNorm(gradient, weights, clipFactor: 1, penalty);
        for (var i = 0; i < weights.Length; i++)
        {
            var slope = (Value(weights, i, step) - Value(weights, i, -step)) / (2 * step);
            ((double)gradient[i]).ShouldBe(slope, 1e-6, $"weight {weights[i]}");
        }

        double Value(float[] at, int i, float move)
        {
            float[] moved = [.. at];
            moved[i] += move;
            return Penalty.Value(moved, penalty);
        }
    }

    [Fact]
    public void Penalty_value_is_the_closed_form() =>
        Penalty.Value([1, -2, 0, 3], new PenaltySpec(L2: 0.5f, L1: 0.25f)).ShouldBe((0.25 * 14) + (0.25 * 6));

    [Fact]
    public void Preparation_gives_the_same_bits_however_the_vector_is_cut()
    {
        var random = new Random(7);
        float[] start = [.. Enumerable.Range(0, 130).Select(_ => random.NextSingle() - 0.5f)];
        float[] weights = [.. Enumerable.Range(0, 130).Select(_ => random.NextSingle() - 0.5f)];
        float[] whole = [.. start];
        Prepare(whole, weights);
        for (var cut = 0; cut <= start.Length; cut++)
        {
            float[] parts = [.. start];
            Prepare(parts.AsSpan(..cut), weights.AsSpan(..cut));
            Prepare(parts.AsSpan(cut..), weights.AsSpan(cut..));
            parts.ShouldBe(whole, $"cut at {cut}");
        }

        static void Prepare(Span<float> gradient, ReadOnlySpan<float> weights)
        {
            GradientPreparation.BeforeNorm(gradient, gradient, samples: 3, new ClippingSpec(Value: 0.1f));
            GradientPreparation.AfterNorm(gradient, weights, clipFactor: 0.7f, new PenaltySpec(0.1f, 0.03f));
        }
    }
}
