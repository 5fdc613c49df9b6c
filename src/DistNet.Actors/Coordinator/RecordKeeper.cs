using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The coordinator's durable record. A change takes effect only when it is stored here and, in a cluster, on every server; one change is
/// under way at a time.
/// </summary>
/// <param name="replicas">Servers that keep a copy; 0 where all actors share one process.</param>
internal sealed class RecordKeeper(int replicas)
{
    /// <summary>Complete cuts kept: were the newest torn or altered, an older one would serve.</summary>
    public const int CutsKept = 3;

    private readonly bool[] _kept = new bool[replicas];
    private CoordinatorRecord _wanted = CoordinatorRecord.Empty;
    private CoordinatorRecord? _storing;
    private bool _isStoredHere;
    private long _generationSeen;
    private bool _hasOpened;

    /// <summary>What survives the loss of any node now.</summary>
    public CoordinatorRecord Durable { get; private set; } = CoordinatorRecord.Empty;

    /// <summary>The cut to go on from.</summary>
    public CompleteCut LatestCut => _wanted.Cuts.Count > 0 ? _wanted.Cuts[^1] : CompleteCut.Start;

    /// <summary>Nodes where what is being stored is not durable yet.</summary>
    public IEnumerable<ActorId> Missing => _storing is null
        ? []
        : Enumerable.Range(0, replicas).Where(i => !_kept[i]).Select(ActorId.Server).Concat(_isStoredHere ? [] : [ActorId.Coordinator]);

    public void Restore(CoordinatorRecord record) => Durable = _wanted = record;

    /// <summary>
    /// A member says what it knows. A record that is newer than this one was written by an earlier life whose disk is gone; it holds even if
    /// it had not reached every server, because what it says is true. Once this life has opened a generation its own record is the newest.
    /// </summary>
    public void Hear(in Join join)
    {
        _generationSeen = Math.Max(_generationSeen, join.Generation);
        if (!_hasOpened && join.Record is { } record && record.Number > _wanted.Number)
        {
            Restore(record);
        }
    }

    /// <summary>A server is there, in a new life, whose disk may be empty.</summary>
    public void OnServerJoined(ActorId server, Outbox outbox)
    {
        if (server.Index < replicas)
        {
            _kept[server.Index] = false;
            if (_storing is { } record)
            {
                outbox.Send(server, new KeepRecord(record));
            }
        }
    }

    /// <summary>The number of the next generation: above any that anybody has seen.</summary>
    public long OpenGeneration(Outbox outbox)
    {
        _hasOpened = true;
        Store(_wanted with { Generation = Math.Max(_wanted.Generation, _generationSeen) + 1 }, outbox);
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

    public void OnStored(Outbox outbox)
    {
        _isStoredHere = true;
        EndIfEverywhere(outbox);
    }

    public void OnKept(int server, long number, Outbox outbox)
    {
        if (number == _storing?.Number)
        {
            _kept[server] = true;
            EndIfEverywhere(outbox);
        }
    }

    private void Store(CoordinatorRecord record, Outbox outbox)
    {
        _wanted = record with { Number = record.Number + 1 };
        if (_storing is null)
        {
            Begin(outbox);
        }
    }

    private void Begin(Outbox outbox)
    {
        _storing = _wanted;
        _isStoredHere = false;
        Array.Clear(_kept);
        outbox.Store(DurableKey.Record, _storing);
        for (var i = 0; i < replicas; i++)
        {
            outbox.Send(ActorId.Server(i), new KeepRecord(_storing));
        }
    }

    private void EndIfEverywhere(Outbox outbox)
    {
        if (_storing is null || !_isStoredHere || !Array.TrueForAll(_kept, kept => kept))
        {
            return;
        }

        Durable = _storing;
        _storing = null;
        if (!ReferenceEquals(Durable, _wanted))
        {
            Begin(outbox);
        }
    }
}
