using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>A few steps of one small network on the calling thread, in the order of a run: sum, divide, clip, penalise, update.</summary>
internal sealed unsafe class ProbeRun : IGradientSink, IDisposable
{
    public const int Features = 13;
    public const int Classes = 5;

    private const int Rows = 7;
    private const int Steps = 4;

    private static readonly int[] LaneBounds = [0, 2, 5, Rows];
    private static readonly SummationTree Tree = new(LaneBounds.Length - 1);
    private static readonly PenaltySpec Penalty = new(L2: 0.01f, L1: 0.001f);
    private static readonly ClippingSpec Clipping = new(Value: 0.5f, Norm: 1);

    private readonly ProbeCase _probe;
    private readonly ulong _seed;
    private readonly ParameterLayout _layout;
    private readonly NetworkCompute _compute;
    private readonly Optimizer _optimizer;
    private readonly LearningRateSpec _rate;
    private readonly AlignedBuffer _weights;
    private readonly AlignedBuffer _gradient;
    private readonly AlignedBuffer[] _slots;

    public ProbeRun(ProbeCase probe, ulong seed)
    {
        _probe = probe;
        _seed = seed;
        _layout = new ParameterLayout(probe.Network);
        _compute = new NetworkCompute(probe.Network, _layout, Rows);
        _optimizer = Optimizer.Create(probe.Optimizer);
        _rate = new LearningRateSpec(0.05f, probe.Schedule, WarmupFraction: 0.3f);
        _weights = new AlignedBuffer(_layout.PaddedLength);
        _gradient = new AlignedBuffer(_layout.PaddedLength);
        _slots = [.. _optimizer.SlotNames.Select(_ => new AlignedBuffer(_layout.PaddedLength))];
        Initializer.Initialize(_layout, InitializerKind.LeCun, seed, _weights.Span);
    }

    /// <summary>A copy of the weights after the last step, with their padding.</summary>
    public float[] Train()
    {
        _compute.Gather(Data(_seed), [.. Enumerable.Range(0, Rows)]);
        for (var step = 0; step < Steps; step++)
        {
            ComputeGradient(step);
            Prepare();
            Update(step);
        }

        return _weights.Span.ToArray();
    }

    public void Dispose()
    {
        _compute.Dispose();
        _weights.Dispose();
        _gradient.Dispose();
        Array.ForEach(_slots, slot => slot.Dispose());
    }

    float* IGradientSink.MemoryFor(in GradientBand band, int node) => _gradient.Pointer + band.Offset;

    void IGradientSink.OnReady(in GradientBand band)
    {
    }

    /// <summary>Features from -4 to 4, so that activations see both sides and their flat ends.</summary>
    private static DataSet Data(ulong seed)
    {
        var values = new float[Rows * Features];
        Luck.Key(seed, LuckPurpose.Generator).Uniform(0, values);
        var info = new DataSetInfo("probe", Features, ClassNames.Numbered(Classes), [Features]);
        return new DataSet(info, Array.ConvertAll(values, value => (8 * value) - 4), [.. Enumerable.Range(0, Rows).Select(row => row % Classes)]);
    }

    private void ComputeGradient(int step)
    {
        var weights = new DirectWeights();
        weights.Begin(_weights.Pointer);
        _compute.Forward(weights, new TrainingStep(_seed, 0, step));
        _compute.Backward(new LaneRows(0, LaneBounds), [Tree.Root], new SampleSums[1], this);
    }

    private void Prepare()
    {
        var samples = _probe.Network.Loss.Reduction == Reduction.Sum ? 1 : Rows;
        GradientPreparation.BeforeNorm(_gradient.Span, _gradient.Span, samples, Clipping);
        var squares = new double[_layout.BlockCount];
        BlockNorms.Squares(_gradient.Span, squares);
        var factor = BlockNorms.ClipFactor(BlockNorms.TreeSum(squares), Clipping.Norm!.Value);
        var penalty = IsDecoupled ? Penalty with { L2 = 0 } : Penalty;
        foreach (var layer in _layout.Layers)
        {
            Prepare(layer.WeightOffset, layer.WeightLength, factor, penalty);
            Prepare(layer.BiasOffset, layer.BiasLength, factor, null);
        }
    }

    private void Prepare(int offset, int length, float factor, PenaltySpec? penalty) =>
        GradientPreparation.AfterNorm(_gradient.Span.Slice(offset, length), _weights.Span.Slice(offset, length), factor, penalty);

    private void Update(int step)
    {
        var rate = LearningRate.At(_rate, (long)step * Rows, (long)Steps * Rows, Rows);
        var context = new UpdateContext(rate, step + 1, IsDecoupled ? Penalty.L2 : 0);
        foreach (var layer in _layout.Layers)
        {
            Update(layer.WeightOffset, layer.WeightLength, context);
            Update(layer.BiasOffset, layer.BiasLength, context with { WeightDecay = 0 });
        }
    }

    private void Update(int offset, int length, in UpdateContext context)
    {
        var weights = _weights.Span.Slice(offset, length);
        _optimizer.Apply(weights, _gradient.Span.Slice(offset, length), weights, Slot(0, offset, length), Slot(1, offset, length), context);
    }

    private Span<float> Slot(int index, int offset, int length) => index < _slots.Length ? _slots[index].Span.Slice(offset, length) : default;

    private bool IsDecoupled => _probe.Optimizer.Kind == OptimizerKind.AdamW;
}
