using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Chunks of the test part that this worker was asked to evaluate, and the version it may have to do so on.</summary>
internal sealed class Evaluations
{
    private static readonly ParametersKey NoParameters = new(0, -1);

    private readonly HashSet<int> _asked = [];
    private long _askedVersion = -1;
    private ParametersKey _key = NoParameters;
    private TensorSlice _vector;

    /// <summary>The latest version on offer.</summary>
    public long Version => _key.Version;

    /// <summary>The latest version that may be asked for; held until the next one.</summary>
    public void Offer(ParametersKey key, TensorSlice vector)
    {
        vector.Retain();
        _vector.Release();
        _vector = vector;
        _key = key;
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
        if (_asked.Count == 0 || _askedVersion != Version)
        {
            return false;
        }

        order.Prepare(_key, _vector, now);
        _vector.Retain();
        order.Chunks.AddRange(_asked.Order());
        _asked.Clear();
        return true;
    }

    public void Reset()
    {
        _vector.Release();
        _vector = default;
        _key = NoParameters;
        _askedVersion = -1;
        _asked.Clear();
    }
}
