using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>The coordinator's durable record. A change takes effect only when it is stored; one store is under way at a time.</summary>
internal sealed class RecordKeeper
{
    /// <summary>Complete cuts kept: were the newest torn or altered, an older one would serve.</summary>
    public const int CutsKept = 3;

    private CoordinatorRecord _wanted = CoordinatorRecord.Empty;
    private bool _storing;

    /// <summary>What survives a crash now.</summary>
    public CoordinatorRecord Durable { get; private set; } = CoordinatorRecord.Empty;

    /// <summary>The cut to go on from.</summary>
    public CompleteCut LatestCut => _wanted.Cuts.Count > 0 ? _wanted.Cuts[^1] : CompleteCut.Start;

    public void Restore(CoordinatorRecord record) => Durable = _wanted = record;

    /// <summary>The number of the next generation.</summary>
    public long OpenGeneration(Outbox outbox)
    {
        Store(_wanted with { Generation = _wanted.Generation + 1 }, outbox);
        return _wanted.Generation;
    }

    /// <summary>Adds a cut that every partition has stored. The cut that it pushes out, if any, is returned.</summary>
    public CompleteCut? AddCut(CompleteCut cut, Outbox outbox)
    {
        var cuts = _wanted.Cuts.Where(other => other.Version != cut.Version).Append(cut).ToArray();
        Store(_wanted with { Cuts = [.. cuts.TakeLast(CutsKept)] }, outbox);
        return cuts.Length > CutsKept ? cuts[0] : null;
    }

    /// <summary>The latest cut cannot be read back: the one before it is the latest now.</summary>
    public void DropLatestCut() => _wanted = _wanted with { Cuts = [.. _wanted.Cuts.SkipLast(1)] };

    public void OnStored(DurableItem item, Outbox outbox)
    {
        Durable = (CoordinatorRecord)item;
        _storing = false;
        if (!ReferenceEquals(Durable, _wanted))
        {
            Store(_wanted, outbox);
        }
    }

    private void Store(CoordinatorRecord record, Outbox outbox)
    {
        _wanted = record;
        if (!_storing)
        {
            _storing = true;
            outbox.Store(DurableKey.Record, record);
        }
    }
}
