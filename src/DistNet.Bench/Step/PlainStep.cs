using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>
/// The arithmetic of a training step without actors, messages or threads: what one worker and one server compute, in a plain loop on
/// the calling thread. Each band of the gradient is applied in place as soon as it is there, block by
/// block in the cache. The weights have the same bits as those of a run on one lane.
/// </summary>
internal sealed unsafe class PlainStep : IGradientSink, IDisposable
{
    private const int Block = 2048;

    private readonly RunPlan _plan;
    private readonly DataSet _data;
    private readonly NetworkCompute _compute;
    private readonly DirectWeights _weights = new();
    private readonly Optimizer _optimizer;
    private readonly EpochOrder _order;
    private readonly AlignedBuffer _parameters;
    private readonly AlignedBuffer _gradient;
    private readonly AlignedBuffer[] _slots;
    private readonly int[] _bounds = [0, 0];
    private readonly SampleSums[] _sums = new SampleSums[1];
    private int _step;

    public PlainStep(StepNetwork network)
    {
        _data = network.Data();
        _plan = network.Plan(_data, workers: 1, lanes: 1);
        _compute = new NetworkCompute(_plan.Network, _plan.Layout, network.Batch);
        _optimizer = Optimizer.Create(_plan.Optimizer);
        _order = new EpochOrder(_plan.Schedule);
        _parameters = new AlignedBuffer(_plan.Layout.PaddedLength);
        _gradient = new AlignedBuffer(_plan.Layout.Bands.ToArray().Max(band => band.Length));
        _slots = [.. _optimizer.SlotNames.Select(_ => new AlignedBuffer(_plan.Layout.PaddedLength))];
        Initializer.Initialize(_plan.Layout, _plan.Initializer, _plan.Seed, _parameters.Span);
    }

    /// <summary>The weights now.</summary>
    public ReadOnlySpan<float> Parameters => _parameters.Span[.._plan.Layout.Length];

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            RunOne();
        }
    }

    public void Dispose()
    {
        _compute.Dispose();
        _parameters.Dispose();
        _gradient.Dispose();
        Array.ForEach(_slots, slot => slot.Dispose());
    }

    float* IGradientSink.MemoryFor(in GradientBand band, int node) => _gradient.Pointer;

    void IGradientSink.OnReady(in GradientBand band)
    {
        for (var done = 0; done < band.Length; done += Block)
        {
            var length = Math.Min(Block, band.Length - done);
            Update(_gradient.Span.Slice(done, length), band.Offset + done);
        }
    }

    private void RunOne()
    {
        var rows = _plan.Schedule.BatchLength(_step);
        _bounds[1] = rows;
        _compute.Gather(_data, _order.Rows(_step, 0, rows));
        _weights.Begin(_parameters.Pointer);
        _compute.Forward(_weights, new TrainingStep(_plan.Seed, (int)_plan.Schedule.Epoch(_step), _step));
        _compute.Backward(new LaneRows(0, _bounds), [_plan.Tree.Root], _sums, this);
        _step++;
    }

    private void Update(Span<float> gradient, int offset)
    {
        var weights = _parameters.Span.Slice(offset, gradient.Length);
        var samples = _plan.Schedule.BatchLength(_step);
        var rate = LearningRate.At(_plan.LearningRate, _plan.Schedule.SamplesBefore(_step), _plan.ScheduleSamples, samples);
        GradientPreparation.BeforeNorm(gradient, gradient, samples, _plan.Clipping);
        GradientPreparation.AfterNorm(gradient, weights, 1, _plan.Penalty);
        _optimizer.Apply(weights, gradient, weights, Slot(0, offset, gradient.Length), Slot(1, offset, gradient.Length), new UpdateContext(rate, _step + 1L));
    }

    private Span<float> Slot(int index, int offset, int length) => index < _slots.Length ? _slots[index].Span.Slice(offset, length) : default;
}
