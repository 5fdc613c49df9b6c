namespace DistNet.Learning;

/// <summary>Hears of gradients as soon as they are there, so that they can leave while others are computed.</summary>
public interface IGradientSink
{
    /// <summary>
    /// The gradients of <paramref name="layer"/>, from its first parameter up to <paramref name="end"/> in the flat vector, are complete
    /// in every node's vector and will not be written again; the layer's weights will not be read again. Called on the computing thread, from the last layer to the first, one
    /// or more times for each, the last time with the layer's end.
    /// </summary>
    public void OnReady(int layer, int end);
}
