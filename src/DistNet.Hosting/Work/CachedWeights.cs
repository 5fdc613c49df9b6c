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

    protected override PackedMatrix Panels(int index) => Entry[index].Pack(_parameters);
}
