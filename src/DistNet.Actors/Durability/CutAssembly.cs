using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Puts a partition's cut together from its parts, which come in any order and perhaps twice. Holds what has come. A newer cut takes the
/// place of an older one, whose late parts do not displace it.
/// </summary>
internal sealed class CutAssembly(Partition partition)
{
    private TensorSlice[] _parts = [];
    private ApplyLog _log = ApplyLog.Empty;
    private int _missing;

    /// <summary>Takes the part's tensor over. Returns the cut, its tensors held for the caller, when this was the last part.</summary>
    /// <param name="part">Of a cut.</param>
    /// <param name="generation">In which that was taken.</param>
    public PartitionCut? Add(in CutPart part, long generation)
    {
        if (part.Log.Version > _log.Version)
        {
            Begin(part);
        }

        if (part.Log != _log || _missing == 0 || !_parts[part.Part].IsEmpty)
        {
            part.Values.Release();
            return null;
        }

        _parts[part.Part] = part.Values;
        return --_missing == 0 ? Take(generation) : null;
    }

    public void Reset()
    {
        Array.ForEach(_parts, part => part.Release());
        _parts = [];
        _log = ApplyLog.Empty;
        _missing = 0;
    }

    /// <summary>Sends a cut in parts; the cut stays the caller's.</summary>
    public static void Send(ActorId to, long generation, PartitionCut cut, Outbox outbox)
    {
        var part = 0;
        foreach (var values in cut.Tensors)
        {
            outbox.Send(to, new CutPart(generation, cut.Partition, cut.Log, part++, 1 + cut.Slots.Count, values));
        }
    }

    private void Begin(in CutPart first)
    {
        Reset();
        _log = first.Log;
        _missing = first.Parts;
        _parts = new TensorSlice[first.Parts];
    }

    /// <summary>The log stays, so that a part that comes twice is known.</summary>
    private PartitionCut Take(long generation)
    {
        var cut = new PartitionCut(partition.Index, partition.Offset, partition.Length, generation, _log, _parts[0], [.. _parts.Skip(1)]);
        _parts = [];
        return cut;
    }
}
