using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>One computing thread's view of a version in the <see cref="WeightCache"/>. It packs from the parameters it was given itself.</summary>
internal sealed unsafe class CachedWeights : NetworkWeights
{
    private float* _parameters;

    public override float* Parameters => _parameters;

    public WeightCache.Entry Entry { get; private set; } = null!;

    public void Begin(WeightCache.Entry entry, float* parameters)
    {
        Entry = entry;
        _parameters = parameters;
    }

    public override PackedMatrix Forward(int layer)
    {
        var (packed, state) = (Entry.Packed, Entry.Forward(layer));
        var matrix = packed.Forward(layer);
        while (state.TryClaim(matrix.Parts, out var part))
        {
            packed.PackForward(layer, part, _parameters);
            state.Finish();
        }

        state.Wait(matrix.Parts);
        return matrix;
    }

    public override PackedMatrix Backward(int layer)
    {
        var (packed, state) = (Entry.Packed, Entry.Backward(layer));
        var matrix = packed.Backward(layer);
        while (state.TryClaim(matrix.Parts, out var part))
        {
            packed.PackBackward(layer, part, _parameters);
            state.Finish();
        }

        state.Wait(matrix.Parts);
        return matrix;
    }
}
