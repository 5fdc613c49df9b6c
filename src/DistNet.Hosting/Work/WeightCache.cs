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

    public void Dispose() => _entries.ForEach(entry => entry.Dispose());

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

    /// <summary>One version: two matrices a layer.</summary>
    internal sealed class Entry(ParameterLayout layout) : IDisposable
    {
        private readonly SharedPacking?[] _packings =
            Array.ConvertAll(PackedWeight.AllOf(layout), weight => weight is null ? null : new SharedPacking(weight));

        public ParametersKey Key { get; private set; }

        public int Users { get; set; }

        /// <summary>By the index of <see cref="PackedWeight"/>.</summary>
        public SharedPacking this[int index] => _packings[index]!;

        public void Begin(ParametersKey key)
        {
            Key = key;
            foreach (var packing in _packings)
            {
                packing?.Reset();
            }
        }

        public void Dispose() => Array.ForEach(_packings, packing => packing?.Dispose());
    }
}
