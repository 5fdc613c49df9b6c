namespace DistNet.Protocol;

/// <summary>Lends tensors, and hears when the last holder has released one.</summary>
public interface ITensorOwner
{
    /// <summary>Nobody holds the tensor any more. Called on the thread that released it last; must not wait.</summary>
    public void Return(Tensor tensor);
}
