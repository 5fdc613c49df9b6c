using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// One version of the parameters on its way to a worker: partitions arrive in any order and form the flat vector. With one partition
/// the server's own tensor is used; with several they are copied side by side, because a layer's weights must be contiguous.
/// </summary>
internal sealed class ParameterAssembly
{
    private readonly bool[] _arrived;
    private int _missing;
    private TensorSlice _vector;

    public ParameterAssembly(in Parameters first, int partitions)
    {
        Version = first.Version;
        Sequence = first.Sequence;
        Starts = first.Starts;
        ForEvaluation = first.ForEvaluation;
        _arrived = new bool[partitions];
        _missing = partitions;
    }

    public long Version { get; }

    public long Sequence { get; }

    public IReadOnlyList<LaneStart>? Starts { get; }

    public bool ForEvaluation { get; }

    public bool IsComplete => _missing == 0;

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
