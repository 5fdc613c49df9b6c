using DistNet.Numerics;

namespace DistNet.Protocol;

/// <summary>
/// Lends float32 memory by exact length and takes it back, so that a run allocates its tensors once. Contents of a lent tensor are
/// whatever its last holder left.
/// </summary>
/// <param name="recycle">False makes every lease fresh, so that a second release of an old lease is always found; for tests.</param>
/// <param name="memory">Where memory comes from; null: the heap.</param>
public sealed class TensorPool(bool recycle = true, ITensorMemory? memory = null) : ITensorOwner, IDisposable
{
    private readonly Dictionary<int, Stack<Tensor>> _free = [];
    private readonly Lock _gate = new();
    private int _outstanding;

    /// <summary>Tensors lent and not yet given back; 0 after a run, or something leaked.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    public Tensor Rent(int length)
    {
        Tensor? tensor = null;
        lock (_gate)
        {
            _outstanding++;
            if (_free.TryGetValue(length, out var stack))
            {
                stack.TryPop(out tensor);
            }
        }

        if (tensor is null)
        {
            return Create(length);
        }

        tensor.Lend();
        return tensor;
    }

    void ITensorOwner.Return(Tensor tensor)
    {
        lock (_gate)
        {
            _outstanding--;
            if (!recycle)
            {
                tensor.Free();
                return;
            }

            if (!_free.TryGetValue(tensor.Length, out var stack))
            {
                _free[tensor.Length] = stack = new Stack<Tensor>();
            }

            stack.Push(tensor);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var tensor in _free.Values.SelectMany(stack => stack))
            {
                tensor.Free();
            }

            _free.Clear();
        }
    }

    private unsafe Tensor Create(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var pointer = memory is null ? null : memory.TryAllocate(length);
        return pointer == null ? new Tensor(this, new AlignedBuffer(length)) : new Tensor(this, pointer, length);
    }
}
