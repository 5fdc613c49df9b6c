using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>What one caller at a time needs to compute with a network besides its weights: the activations of a number of rows.</summary>
/// <param name="network">The network.</param>
/// <param name="layout">Of its parameters.</param>
/// <param name="rows">Most samples at once.</param>
internal sealed class InferenceScratch(NetworkSpec network, ParameterLayout layout, int rows) : IDisposable
{
    private readonly int[] _samples = new int[rows];

    public NetworkCompute Compute { get; } = new(network, layout, rows);

    /// <summary>[rows, outputs].</summary>
    public float[] Outputs { get; } = new float[rows * network.Outputs];

    /// <summary>[rows].</summary>
    public int[] Classes { get; } = new int[rows];

    /// <summary>Copies samples in, from the given one on, as many as there are and fit.</summary>
    /// <returns>How many.</returns>
    public int Gather(DataSet data, int first)
    {
        var count = Math.Min(_samples.Length, data.Count - first);
        for (var i = 0; i < count; i++)
        {
            _samples[i] = first + i;
        }

        Compute.Gather(data, _samples.AsSpan(0, count));
        return count;
    }

    public void Dispose() => Compute.Dispose();
}
