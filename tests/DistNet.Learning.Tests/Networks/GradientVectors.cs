using DistNet.Numerics;

namespace DistNet.Learning.Tests;

/// <summary>Gathers bands into whole gradient vectors, one for each node. What was not computed stays NaN.</summary>
internal sealed unsafe class GradientVectors : IGradientSink, IDisposable
{
    private readonly AlignedBuffer[] _vectors;
    private readonly int _length;

    public GradientVectors(ParameterLayout layout, int nodes = 1)
    {
        _length = layout.Length;
        _vectors = [.. Enumerable.Range(0, nodes).Select(_ => new AlignedBuffer(layout.PaddedLength))];
        Array.ForEach(_vectors, vector => vector.Span.Fill(float.NaN));
    }

    /// <summary>Bands in the order in which they came.</summary>
    public List<GradientBand> Seen { get; } = new(64);

    public Action<GradientBand>? Ready { get; init; }

    public Span<float> this[int node] => _vectors[node].Span[.._length];

    public float* MemoryFor(in GradientBand band, int node) => _vectors[node].Pointer + band.Offset;

    public void OnReady(in GradientBand band)
    {
        Seen.Add(band);
        Ready?.Invoke(band);
    }

    public void Dispose() => Array.ForEach(_vectors, vector => vector.Dispose());
}
