namespace DistNet.Learning.Tests;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(5000)]
    public void Constant_is_the_rate(long applied) => LearningRate.At(new(0.25f), applied, 1000).ShouldBe(0.25f);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(332, 1)]
    [InlineData(333, 0.5f)]
    [InlineData(665, 0.5f)]
    [InlineData(666, 0.25f)]
    [InlineData(998, 0.25f)]
    [InlineData(999, 0.125f)]
    [InlineData(2000, 0.125f)]
    public void Step_drops_at_the_end_of_each_part(long applied, float expected) =>
        LearningRate.At(new(1, ScheduleKind.Step, Drops: 3, Factor: 0.5f), applied, 999).ShouldBe(expected);

    [Fact]
    public void Step_drops_exactly_where_a_part_ends_for_any_number_of_parts()
    {
        for (var drops = 1; drops <= 60; drops++)
        {
            var spec = new LearningRateSpec(1, ScheduleKind.Step, Drops: drops, Factor: 0.5f);
            for (var part = 1; part <= drops; part++)
            {
                LearningRate.At(spec, part * 7, drops * 7).ShouldBe((float)Math.Pow(0.5, part), $"{part} of {drops}");
                LearningRate.At(spec, (part * 7) - 1, drops * 7).ShouldBe((float)Math.Pow(0.5, part - 1), $"{part} of {drops}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Cosine_is_half_a_cosine(long applied)
    {
        var expected = 0.2 * 0.5 * (1 + Math.Cos(Math.PI * applied / 1000));
        LearningRate.At(new(0.2f, ScheduleKind.Cosine), applied, 1000).ShouldBe((float)expected, 1e-8f);
    }

    [Fact]
    public void Cosine_ends_at_zero_and_stays_there()
    {
        LearningRate.At(new(1, ScheduleKind.Cosine), 1000, 1000).ShouldBe(0);
        LearningRate.At(new(1, ScheduleKind.Cosine), 1500, 1000).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, 0, 0.5f)]
    [InlineData(0, 50, 0.25f)]
    [InlineData(190, 50, 1)]
    [InlineData(200, 50, 1)]
    public void Warmup_climbs_linearly_and_counts_the_updates_own_samples(long applied, long ofUpdate, float expected) =>
        LearningRate.At(new(1, WarmupFraction: 0.2f), applied, 1000, ofUpdate).ShouldBe(expected, 1e-7f);

    [Fact]
    public void Shape_covers_what_follows_the_warmup()
    {
        var spec = new LearningRateSpec(1, ScheduleKind.Cosine, WarmupFraction: 0.5f);
        LearningRate.At(spec, 500, 1000).ShouldBe(1);
        LearningRate.At(spec, 750, 1000).ShouldBe(0.5f, 1e-7f);
        LearningRate.At(spec, 1000, 1000).ShouldBe(0);
    }

    [Fact]
    public void At_refuses_an_empty_run() => Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.At(new(1), 0, 0));
}
