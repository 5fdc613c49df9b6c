namespace DistNet.Learning.Tests;

public sealed class OptimizerTests
{
    public static TheoryData<OptimizerKind> Kinds => [.. Enum.GetValues<OptimizerKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_gives_the_bits_of_the_scalar_rule_for_every_length(OptimizerKind kind)
    {
        for (var length = 0; length <= 130; length++)
        {
            var run = new OptimizerRun(new OptimizerSpec(kind), length, seed: length);
            var expected = run.Copy();
            run.Step(1, run.WholeRange);
            run.Step(2, run.WholeRange);
            expected.ScalarStep(1);
            expected.ScalarStep(2);
            run.Bits().ShouldBe(expected.Bits(), $"length {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_gives_the_same_bits_however_the_vector_is_cut(OptimizerKind kind)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var whole = new OptimizerRun(new OptimizerSpec(kind), length: 300, seed);
            var cut = whole.Copy();
            whole.Step(3, whole.WholeRange);
            cut.Step(3, RandomCuts(300, seed));
            cut.Bits().ShouldBe(whole.Bits(), $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_to_another_span_leaves_the_old_weights_and_agrees_with_in_place(OptimizerKind kind)
    {
        var inPlace = new OptimizerRun(new OptimizerSpec(kind), length: 37, seed: 5);
        var other = inPlace.Copy();
        var before = other.Weights.ToArray();
        var after = new float[37];
        inPlace.Step(1, inPlace.WholeRange);
        other.Optimizer.Apply(other.Weights, other.Gradient, after, other.Slots[0], other.Slots[1], OptimizerRun.Context(1));
        after.ShouldBe(inPlace.Weights);
        other.Weights.ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Slots_never_hold_a_denormal(OptimizerKind kind)
    {
        var run = new OptimizerRun(new OptimizerSpec(kind), length: 21, seed: 1);
        Array.ForEach(run.Slots, slot => slot.AsSpan().Fill(2e-38f));
        run.Gradient.AsSpan().Clear();
        for (var step = 1; step <= 200; step++)
        {
            run.Step(step, run.WholeRange);
        }

        run.Slots.SelectMany(slot => slot).ShouldAllBe(value => value == 0 || float.IsNormal(value));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_allocates_nothing(OptimizerKind kind)
    {
        var run = new OptimizerRun(new OptimizerSpec(kind), length: 1003, seed: 1);
        Range[] range = run.WholeRange;
        run.Step(1, range);
        var before = GC.GetAllocatedBytesForCurrentThread();
        run.Step(2, range);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum, "velocity")]
    [InlineData(OptimizerKind.Nesterov, "velocity")]
    [InlineData(OptimizerKind.Adagrad, "sum")]
    [InlineData(OptimizerKind.RmsProp, "square_avg")]
    [InlineData(OptimizerKind.Adam, "exp_avg", "exp_avg_sq")]
    [InlineData(OptimizerKind.AdamW, "exp_avg", "exp_avg_sq")]
    public void SlotNames_are_the_names_checkpoints_use(OptimizerKind kind, params string[] names) =>
        Optimizer.Create(new OptimizerSpec(kind)).SlotNames.ShouldBe(names);

    [Theory]
    [InlineData(8, 8, 8, 7)]
    [InlineData(8, 7, 8, 8)]
    [InlineData(8, 8, 9, 8)]
    [InlineData(7, 8, 8, 8)]
    public void Apply_refuses_ranges_of_different_length(int weights, int gradient, int newWeights, int slot) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Optimizer.Create(new OptimizerSpec(OptimizerKind.Momentum))
            .Apply(new float[weights], new float[gradient], new float[newWeights], new float[slot], [], new(1, 1)));

    [Fact]
    public void Adam_on_a_late_step_needs_no_correction()
    {
        float[] weight = [1], first = [0.5f], second = [0.25f];
        Optimizer.Create(new OptimizerSpec(OptimizerKind.Adam)).Apply(weight, [0.5f], weight, first, second, new(0.1f, 10_000_000_000));
        weight[0].ShouldBe(0.9f, 1e-6f);
    }

    private static Range[] RandomCuts(int length, int seed)
    {
        var random = new Random(seed);
        int[] bounds = [0, .. Enumerable.Range(0, 8).Select(_ => random.Next(length + 1)).Order(), length];
        return [.. bounds.Zip(bounds.Skip(1), (first, end) => first..end)];
    }
}
