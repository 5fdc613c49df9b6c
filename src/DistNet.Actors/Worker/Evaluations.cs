using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Chunks of the test part that this worker was asked to evaluate, and the version it may have to do so on.</summary>
internal sealed class Evaluations
{
    private readonly HashSet<int> _asked = [];
    private long _askedVersion = -1;
    private long _version = -1;
    private TensorSlice _vector;

    /// <summary>The latest version on offer.</summary>
    public long Version => _version;

    /// <summary>The latest version that may be asked for; held until the next one.</summary>
    public void Offer(long version, TensorSlice vector)
    {
        vector.Retain();
        _vector.Release();
        _vector = vector;
        _version = version;
    }

    public void Ask(in Evaluate request)
    {
        if (request.Version < _askedVersion)
        {
            return;
        }

        if (request.Version > _askedVersion)
        {
            _asked.Clear();
            _askedVersion = request.Version;
        }

        _asked.UnionWith(request.Chunks);
    }

    /// <summary>Fills the order with what was asked for and a held copy of the parameters; false when there is nothing to do.</summary>
    public bool TryNext(EvaluationOrder order, TimeSpan now)
    {
        if (_asked.Count == 0 || _askedVersion != _version)
        {
            return false;
        }

        order.Prepare(_version, _vector, now);
        _vector.Retain();
        order.Chunks.AddRange(_asked.Order());
        _asked.Clear();
        return true;
    }

    public void Reset()
    {
        _vector.Release();
        _vector = default;
        _version = _askedVersion = -1;
        _asked.Clear();
    }
}
