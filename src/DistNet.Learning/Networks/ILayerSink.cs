namespace DistNet.Learning;

/// <summary>Hears of each layer's gradients as soon as they are there, so that they can leave while earlier layers are computed.</summary>
public interface ILayerSink
{
    /// <summary>
    /// The gradients of <paramref name="layer"/> are complete in every node's vector and will not be written again.
    /// Called from the last layer to the first, on the computing thread.
    /// </summary>
    public void LayerReady(int layer);
}
