using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// One version of the parameters on its way to a worker: partitions arrive in any order and form the flat vector. With one partition
/// the server's own tensor is used; with several they are copied side by side, because a layer's weights must be contiguous. Reused
/// for one version after the other.
/// </summary>
internal sealed class ParameterAssembly(int partitions)
{
    private readonly bool[] _arrived = new bool[partitions];
    private int _missing;
    private TensorSlice _vector;

    public ParametersKey Key { get; private set; }

    public long Version => Key.Version;

    public long Sequence { get; private set; }

    public IReadOnlyList<LaneStart>? Starts { get; private set; }

    public bool ForEvaluation { get; private set; }

    public bool IsComplete => _missing == 0;

    /// <summary>Waits for every part of the version that this is a part of.</summary>
    public void Begin(in Parameters first)
    {
        Key = new ParametersKey(first.Generation, first.Version);
        Sequence = first.Sequence;
        Starts = first.Starts;
        ForEvaluation = first.ForEvaluation;
        Array.Clear(_arrived);
        _missing = _arrived.Length;
    }

    public bool Matches(in Parameters other) => other.Version == Version && other.Sequence == Sequence;

    /// <summary>Takes the message's tensor over.</summary>
    public void Add(in Parameters part, PartitionMap map, TensorPool pool)
    {
        if (_arrived[part.Partition])
        {
            part.Values.Release();
            return;
        }

        _arrived[part.Partition] = true;
        _missing--;
        if (_arrived.Length == 1)
        {
            _vector = part.Values;
            return;
        }

        if (_vector.IsEmpty)
        {
            _vector = pool.Rent(map.PaddedLength).All;
        }

        var partition = map.Partitions[part.Partition];
        part.Values.Span[..partition.PaddedLength].CopyTo(_vector.Span[partition.Offset..]);
        part.Values.Release();
    }

    /// <summary>The flat vector; valid when complete. Held by the assembly until taken.</summary>
    public TensorSlice Vector => _vector;

    /// <summary>Hands the complete vector over to the caller, who releases it.</summary>
    public TensorSlice Take()
    {
        var vector = _vector;
        _vector = default;
        return vector;
    }

    public void Discard() => Take().Release();
}
