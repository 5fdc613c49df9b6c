using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Copies of the partitions' cuts on the coordinator's node, so that a server that lost its disk can go on. They are of use only for the
/// cuts in the record.
/// </summary>
internal sealed class CutCopies
{
    private readonly CutAssembly[] _arriving;
    private readonly PartitionCut?[] _storing;

    public CutCopies(PartitionMap map)
    {
        _arriving = new CutAssembly[map.Partitions.Length];
        _storing = new PartitionCut?[map.Partitions.Length];
        for (var i = 0; i < _arriving.Length; i++)
        {
            _arriving[i] = new CutAssembly(map.Partitions[i]);
        }
    }

    /// <summary>Stores the copy when its last part is here.</summary>
    public void Add(in CutPart part, Outbox outbox)
    {
        if (_arriving[part.Partition].Add(part, part.Generation) is { } cut)
        {
            _storing[cut.Partition] = cut;
            outbox.Store(DurableKey.Copy(cut.Partition, cut.Log.Version), cut);
            cut.Release();
        }
    }

    /// <summary>Whether what has become durable is the newest copy of this generation: one that was on its way before tells nothing of it.</summary>
    public bool IsCurrent(DurableKey key, DurableItem item) => ReferenceEquals(_storing[key.Partition], item);

    /// <summary>Answers a server that asked for its copy; takes what was loaded over.</summary>
    /// <param name="key">What was loaded.</param>
    /// <param name="copy">Null: there is none. One of another cut of that version is none either.</param>
    /// <param name="wanted">The cut to go back to.</param>
    /// <param name="generation">The generation in force.</param>
    /// <param name="outbox">Takes the answer.</param>
    public static void Answer(DurableKey key, PartitionCut? copy, CompleteCut wanted, long generation, Outbox outbox)
    {
        var server = ActorId.Server(key.Partition);
        if (copy?.IsOf(wanted) != true)
        {
            copy?.Release();
            outbox.Send(server, new CutMissing(generation, key.Partition, key.Version));
            return;
        }

        CutAssembly.Send(server, generation, copy, outbox);
        copy.Release();
    }

    /// <summary>A newer cut is complete.</summary>
    public void Forget(long version, Outbox outbox)
    {
        for (var i = 0; i < _arriving.Length; i++)
        {
            outbox.Forget(DurableKey.Copy(i, version));
        }
    }

    public void Reset()
    {
        Array.ForEach(_arriving, arriving => arriving.Reset());
        Array.Clear(_storing);
    }
}
