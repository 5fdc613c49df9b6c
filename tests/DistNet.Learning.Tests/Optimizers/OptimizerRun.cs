namespace DistNet.Learning.Tests;

/// <summary>A vector of random weights, gradient and slots, and ways to step it.</summary>
internal sealed class OptimizerRun
{
    private readonly OptimizerSpec _spec;

    public OptimizerRun(OptimizerSpec spec, int length, int seed)
    {
        _spec = spec;
        Optimizer = Optimizer.Create(spec);
        var random = new Random(seed);
        Weights = Numbers(length, () => (float)((random.NextDouble() * 4) - 2));
        float Slope() => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 3)));
        Gradient = Numbers(length, () => random.Next(10) == 0 ? 0 : Slope());
        Slots = [.. Enumerable.Range(0, 2).Select(slot => Numbers(slot < Optimizer.SlotCount ? length : 0, random.NextSingle))];
    }

    private OptimizerRun(OptimizerRun other)
    {
        _spec = other._spec;
        Optimizer = other.Optimizer;
        Weights = [.. other.Weights];
        Gradient = [.. other.Gradient];
        Slots = [.. other.Slots.Select(slot => slot.ToArray())];
    }

    public Optimizer Optimizer { get; }

    public float[] Weights { get; }

    public float[] Gradient { get; }

    public float[][] Slots { get; }

    public Range[] WholeRange => [Range.All];

    public static UpdateContext Context(long step) => new(0.01f, step, WeightDecay: 0.1f);

    public OptimizerRun Copy() => new(this);

    public void Step(long step, Range[] ranges)
    {
        foreach (var range in ranges)
        {
            var weights = Weights.AsSpan(range);
            Optimizer.Apply(weights, Gradient.AsSpan(range), weights, Slot(0, range), Slot(1, range), Context(step));
        }
    }

    public void ScalarStep(long step)
    {
        var none = 0f;
        for (var i = 0; i < Weights.Length; i++)
        {
            ref var s0 = ref Optimizer.SlotCount > 0 ? ref Slots[0][i] : ref none;
            ref var s1 = ref Optimizer.SlotCount > 1 ? ref Slots[1][i] : ref none;
            Weights[i] = ScalarOptimizer.Next(_spec, Context(step), Weights[i], Gradient[i], ref s0, ref s1);
        }
    }

    public int[] Bits() => [.. Weights.Concat(Slots[0]).Concat(Slots[1]).Select(BitConverter.SingleToInt32Bits)];

    private static float[] Numbers(int length, Func<float> next) => [.. Enumerable.Range(0, length).Select(_ => next())];

    private Span<float> Slot(int slot, Range range) => slot < Optimizer.SlotCount ? Slots[slot].AsSpan(range) : [];
}
