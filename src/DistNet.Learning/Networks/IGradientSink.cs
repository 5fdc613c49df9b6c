namespace DistNet.Learning;

/// <summary>
/// Gives memory for gradients and hears of them as soon as they are there, so that they can leave while others are computed. Called on the
/// computing thread, band by band, those of the last layer first.
/// </summary>
public unsafe interface IGradientSink
{
    /// <summary>Where a band's gradient goes; asked for once for each node, before the band is computed.</summary>
    /// <param name="band">The band.</param>
    /// <param name="node">Number of the node among those that were asked for.</param>
    /// <returns>[band.Length], whatever is in it.</returns>
    public float* MemoryFor(in GradientBand band, int node);

    /// <summary>
    /// The band's gradient is complete for every node and will not be written again. With a layer's first band its weights will
    /// not be read again either.
    /// </summary>
    public void OnReady(in GradientBand band);
}
