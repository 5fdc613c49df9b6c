using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The end of a run: every server hands in its partition and its log, and the ledger is recomputed from the logs. Holds the partitions
/// until they are taken or let go.
/// </summary>
internal sealed class FinalAccount(int partitions)
{
    private readonly Final?[] _finals = new Final?[partitions];

    public bool IsComplete => Array.TrueForAll(_finals, final => final is not null);

    /// <summary>Servers that have not handed in yet.</summary>
    public IEnumerable<ActorId> Missing => Enumerable.Range(0, partitions).Where(i => _finals[i] is null).Select(ActorId.Server);

    /// <summary>Takes the message's tensor over.</summary>
    public void Add(in Final final)
    {
        if (_finals[final.Partition] is not null)
        {
            final.Parameters.Release();
            return;
        }

        _finals[final.Partition] = final;
    }

    /// <summary>What is wrong with the logs, or null: each must say what the coordinator says, and all the same.</summary>
    public string? Mismatch(long version, long samples)
    {
        foreach (var final in _finals)
        {
            var log = final!.Value.Log;
            if (log.Version != version || log.Samples != samples)
            {
                return $"The ledger does not balance: the coordinator counts {samples} samples in {version} updates, "
                    + $"server-{final.Value.Partition} has applied {log.Samples} in {log.Version}.";
            }

            if (log.Digest != _finals[0]!.Value.Log.Digest)
            {
                return $"server-{final.Value.Partition} has applied other updates than server-0.";
            }
        }

        return null;
    }

    /// <summary>The partitions, in order; the caller releases each.</summary>
    public IReadOnlyList<TensorSlice> Take()
    {
        var taken = Array.ConvertAll(_finals, final => final!.Value.Parameters);
        Array.Clear(_finals);
        return taken;
    }

    public void LetGo()
    {
        foreach (var final in _finals)
        {
            final?.Parameters.Release();
        }

        Array.Clear(_finals);
    }
}
