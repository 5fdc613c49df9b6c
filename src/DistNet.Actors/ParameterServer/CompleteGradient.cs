using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The complete gradient of one update for one partition, chunk by chunk, while it waits for the sequencer's word.
/// </summary>
internal sealed class CompleteGradient(int chunks)
{
    private readonly TensorSlice[] _values = new TensorSlice[chunks];
    private int _count;

    public bool IsComplete => _count == _values.Length;

    public Span<float> this[int chunk] => _values[chunk].Span;

    public TensorSlice SliceOf(int chunk) => _values[chunk];

    /// <summary>Takes the values over; a chunk that is here already is released.</summary>
    public bool Add(int chunk, TensorSlice values)
    {
        if (!_values[chunk].IsEmpty)
        {
            values.Release();
            return false;
        }

        _values[chunk] = values;
        _count++;
        return true;
    }

    public void Release()
    {
        foreach (var values in _values)
        {
            values.Release();
        }

        Array.Clear(_values);
        _count = 0;
    }
}
