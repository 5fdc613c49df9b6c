namespace DistNet.Protocol;

/// <summary>Where a <see cref="TensorPool"/> gets memory for new tensors, if not from the process's own heap.</summary>
public unsafe interface ITensorMemory
{
    /// <summary>
    /// Zeroed memory for so many floats, aligned to a cache line, which nobody else gets and which is there as long as this object. Null where
    /// there is no more: the pool takes it from the heap then.
    /// </summary>
    public float* TryAllocate(int length);
}
