using System.Diagnostics;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// Messages on their way to one node, within a limit of bytes. Parameters that newer ones have made useless are let go when space is short,
/// so that a worker that is behind holds up nobody and costs no memory. Many may add, one takes.
/// </summary>
/// <param name="mostBytes">Bytes of tensors that may wait.</param>
internal sealed class LinkQueue(long mostBytes) : IDisposable
{
    /// <summary>The newest version and the one before: a partition that is behind may still need the latter.</summary>
    private const int VersionsKept = 2;

    private readonly LinkedList<(Envelope Envelope, long Since)> _waiting = [];
    private readonly SemaphoreSlim _any = new(0);
    private long _bytes;
    private bool _isClosed;

    /// <summary>Bytes of tensors that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_waiting)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Messages that wait.</summary>
    public int Count
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes the envelope over. False, and it is discarded, when the queue is closed or full.</summary>
    public bool TryAdd(Envelope envelope)
    {
        lock (_waiting)
        {
            if (_bytes + BytesOf(envelope) > mostBytes && !_isClosed)
            {
                DropSuperseded(envelope);
            }

            if (_isClosed || _bytes + BytesOf(envelope) > mostBytes)
            {
                Discard(envelope);
                return false;
            }

            _bytes += BytesOf(envelope);
            _waiting.AddLast((envelope, envelope is Envelope<Push> && PlaneMeter.TimesPushes ? Stopwatch.GetTimestamp() : 0));
            if (_waiting.Count > 1)
            {
                return true;
            }
        }

        _any.Release();
        return true;
    }

    /// <summary>Takes the next envelope over, if there is one.</summary>
    /// <param name="envelope">It.</param>
    /// <param name="since">Timestamp of when a push was added; 0: nobody wants to know.</param>
    public bool TryTake(out Envelope envelope, out long since)
    {
        lock (_waiting)
        {
            (envelope, since) = _waiting.First?.Value ?? default;
            if (envelope is null)
            {
                return false;
            }

            _waiting.RemoveFirst();
            _bytes -= BytesOf(envelope);
            return true;
        }
    }

    /// <summary>Holds the thread until there may be something to take.</summary>
    /// <exception cref="OperationCanceledException">As asked for.</exception>
    public void Wait(CancellationToken cancellationToken) => _any.Wait(cancellationToken);

    /// <summary>Discards what waits and whatever comes.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _isClosed = true;
            foreach (var (envelope, _) in _waiting)
            {
                Discard(envelope);
            }

            _waiting.Clear();
            _bytes = 0;
        }
    }

    public void Dispose()
    {
        Close();
        _any.Dispose();
    }

    public static void Discard(Envelope envelope)
    {
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    private static long BytesOf(Envelope envelope) => envelope.Tensor.Length * sizeof(float);

    private void DropSuperseded(Envelope incoming)
    {
        if (incoming is not Envelope<Parameters> newest || !IsPlain(newest))
        {
            return;
        }

        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Envelope is Envelope<Parameters> older && IsSupersededBy(older, newest))
            {
                _bytes -= BytesOf(older);
                Discard(older);
                _waiting.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>Parameters that carry starts, or that are to be evaluated, are owed whatever follows.</summary>
    private static bool IsPlain(Envelope<Parameters> parameters) => parameters.Message is { Starts: null, ForEvaluation: false };

    private static bool IsSupersededBy(Envelope<Parameters> older, Envelope<Parameters> newest) =>
        IsPlain(older) && older.To == newest.To && older.Message.Partition == newest.Message.Partition
        && older.Message.Generation == newest.Message.Generation && older.Message.Version <= newest.Message.Version - VersionsKept;
}
