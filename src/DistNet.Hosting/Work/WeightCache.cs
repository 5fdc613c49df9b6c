using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Packed weights of the versions that the computing threads of a process are at. The first who needs a matrix packs it and the others
/// help, so that an update is packed once, however many workers and lanes compute on it. Memory grows to one version more than there
/// are threads.
/// </summary>
public sealed unsafe class WeightCache(ParameterLayout layout) : IDisposable
{
    private readonly List<Entry> _entries = [];

    /// <summary>Points the weights at a version. The parameters must stay until they are detached.</summary>
    internal void Attach(CachedWeights weights, ParametersKey key, float* parameters)
    {
        lock (_entries)
        {
            var entry = Find(key) ?? Renew(key);
            entry.Users++;
            weights.Begin(entry, parameters);
        }
    }

    internal void Detach(CachedWeights weights)
    {
        lock (_entries)
        {
            weights.Entry.Users--;
        }
    }

    public void Dispose() => _entries.ForEach(entry => entry.Packed.Dispose());

    private Entry? Find(ParametersKey key)
    {
        foreach (var entry in _entries)
        {
            if (entry.Key == key)
            {
                return entry;
            }
        }

        return null;
    }

    private Entry Renew(ParametersKey key)
    {
        var entry = _entries.Find(static entry => entry.Users == 0);
        if (entry is null)
        {
            entry = new Entry(layout);
            _entries.Add(entry);
        }

        entry.Begin(key);
        return entry;
    }

    /// <summary>One version: two matrices a layer, each with the state of its packing.</summary>
    internal sealed class Entry
    {
        private readonly SharedPacking[] _states;

        public Entry(ParameterLayout layout)
        {
            Packed = new PackedWeights(layout);
            _states = new SharedPacking[2 * layout.Layers.Length];
            for (var i = 0; i < _states.Length; i++)
            {
                _states[i] = new SharedPacking();
            }
        }

        public PackedWeights Packed { get; }

        public ParametersKey Key { get; private set; }

        public int Users { get; set; }

        public SharedPacking Forward(int layer) => _states[2 * layer];

        public SharedPacking Backward(int layer) => _states[(2 * layer) + 1];

        public void Begin(ParametersKey key)
        {
            Key = key;
            foreach (var state in _states)
            {
                state.Reset();
            }
        }
    }
}
