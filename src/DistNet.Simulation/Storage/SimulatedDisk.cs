using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// One node's disk. It outlives the node's lives. A store that is not complete when the node is killed leaves the old item, the new
/// one, or a torn one; a torn or spoiled item is found by its checksum. As in real storage the record before it is kept, but no cut: one of the same
/// version may stem from a generation that is over.
/// </summary>
public sealed class SimulatedDisk : IDisposable
{
    private readonly TensorPool _pool = new();
    private readonly Dictionary<DurableKey, List<StoredItem>> _items = [];
    private readonly List<(DurableKey Key, DurableItem Copy)> _writing = [];

    /// <summary>Copies the item and begins to write it. The token completes it.</summary>
    public object BeginWrite(DurableKey key, DurableItem item)
    {
        var write = (key, Copy(item, _pool));
        _writing.Add(write);
        return write.Item2;
    }

    public void EndWrite(object token)
    {
        var index = _writing.FindIndex(write => ReferenceEquals(write.Copy, token));
        Keep(_writing[index].Key, _writing[index].Copy, readable: true);
        _writing.RemoveAt(index);
    }

    /// <summary>The node dies: writes under way end as luck has it.</summary>
    public void Crash(LuckStream luck, double tearProbability)
    {
        foreach (var (key, copy) in _writing)
        {
            if (luck.Chance(tearProbability))
            {
                Keep(key, copy, readable: false);
            }
            else if (luck.Chance(0.5))
            {
                Keep(key, copy, readable: true);
            }
            else
            {
                copy.Release();
            }
        }

        _writing.Clear();
    }

    /// <summary>Makes the newest durable cut unreadable.</summary>
    public void Spoil()
    {
        var cuts = _items.Where(item => item.Key.Kind is DurableKind.Cut or DurableKind.Copy).OrderByDescending(item => item.Key.Version).Take(1);
        foreach (var (_, versions) in cuts)
        {
            versions.ForEach(version => version.IsReadable = false);
        }
    }

    /// <summary>Cuts the newest item of a kind short, so that its checksum tells; one before it stays.</summary>
    public void Tear(TornItem item)
    {
        bool IsOne(DurableKey key) => item == TornItem.Record ? key.Kind == DurableKind.Record : key.Kind != DurableKind.Record;
        var newest = _items.Where(stored => IsOne(stored.Key)).OrderByDescending(stored => stored.Key.Version).Take(1);
        foreach (var (_, versions) in newest)
        {
            versions[^1].IsReadable = false;
        }
    }

    /// <summary>The newest readable item, with tensors from the reader's pool, which the reader releases; null when there is none.</summary>
    public DurableItem? Read(DurableKey key, TensorPool pool)
    {
        var found = _items.GetValueOrDefault(key)?.FindLast(version => version.IsReadable);
        return found is null ? null : Copy(found.Item, pool);
    }

    public void Forget(DurableKey key)
    {
        if (_items.Remove(key, out var versions))
        {
            versions.ForEach(version => version.Item.Release());
        }
    }

    public void Dispose() => _pool.Dispose();

    private void Keep(DurableKey key, DurableItem copy, bool readable)
    {
        if (key.Kind == DurableKind.Log)
        {
            // No actor asks for it back, and it grows with the run.
            return;
        }

        if (!_items.TryGetValue(key, out var versions))
        {
            _items[key] = versions = [];
        }

        // What is torn never takes the place of what can be read, however often a node dies while it writes.
        if (versions.Count > 0 && !versions[^1].IsReadable)
        {
            versions[^1].Item.Release();
            versions.RemoveAt(versions.Count - 1);
        }

        versions.Add(new StoredItem(copy) { IsReadable = readable });
        while (versions.Count > (key.Kind == DurableKind.Record ? 2 : 1))
        {
            versions[0].Item.Release();
            versions.RemoveAt(0);
        }
    }

    private static DurableItem Copy(DurableItem item, TensorPool pool) => item is PartitionCut cut
        ? cut with { Parameters = Copy(cut.Parameters, pool), Slots = [.. cut.Slots.Select(slot => Copy(slot, pool))] }
        : item;

    private static TensorSlice Copy(TensorSlice slice, TensorPool pool)
    {
        var copy = pool.Rent(slice.Length);
        slice.Span.CopyTo(copy.Span);
        return copy.All;
    }

    private sealed class StoredItem(DurableItem item)
    {
        public DurableItem Item => item;

        public bool IsReadable { get; set; }
    }
}
