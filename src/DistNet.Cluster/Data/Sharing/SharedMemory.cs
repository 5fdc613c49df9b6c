using System.Security.Cryptography;
using System.Text;
using DistNet.Numerics;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// Memory for this node's tensors that processes of the same machine may map, so that a tensor for one of them does not go through a socket.
/// A tensor that is lent stays away from the pool until its holder has released it, or its holder's process has ended: one that has fallen
/// silent may still read and write it, whatever has become of the connection.
/// </summary>
internal sealed unsafe class SharedMemory : ITensorMemory
{
    /// <summary>Room, not memory: what was never written takes none.</summary>
    private const long Room = 64L << 30;

    /// <summary>A process that holds this much is sent more through its socket, which holds up one that does not read.</summary>
    private const long MostBytesHeld = 256L << 20;

    private readonly Lock _lock = new();
    private readonly MappedFile _memory;
    private readonly List<Loan> _loans = [];
    private readonly HashSet<int> _departed = [];
    private readonly Stack<int> _freeSlots = new(Enumerable.Range(0, SharedLayout.Slots).Reverse());
    private long _used = SharedLayout.TensorsBegin;

    private SharedMemory(MappedFile memory, int descriptor)
    {
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SharedLayout.MarkLength / 2));
        Encoding.ASCII.GetBytes(mark, new Span<byte>(memory.Start, SharedLayout.MarkLength));
        _memory = memory;
        Offer = new MemoryOffer(Environment.ProcessId, descriptor, memory.Length, mark);
    }

    /// <summary>What another process must know to map it.</summary>
    public MemoryOffer Offer { get; }

    /// <summary>Tensors that others hold.</summary>
    public int Lent
    {
        get
        {
            lock (_lock)
            {
                return _loans.Count;
            }
        }
    }

    private byte* Held => _memory.Start + SharedLayout.MarkLength;

    /// <summary>Null where this system has none.</summary>
    public static SharedMemory? TryCreate()
    {
        try
        {
            return AnonymousFile.TryCreate("distnet", Room) is { } file ? new SharedMemory(new MappedFile(file, Room), (int)file.DangerousGetHandle()) : null;
        }
        catch (Exception e) when (e is IOException or OutOfMemoryException)
        {
            return null;
        }
    }

    public float* TryAllocate(int length)
    {
        const int Line = AlignedBuffer.Alignment;
        var bytes = (((long)length * sizeof(float)) + Line - 1) / Line * Line;
        lock (_lock)
        {
            if (_used + bytes > _memory.Length)
            {
                return null;
            }

            _used += bytes;
            return (float*)(_memory.Start + _used - bytes);
        }
    }

    /// <summary>Holds the tensor for another process, which has mapped this memory. False: it must travel.</summary>
    public bool TryLend(in TensorSlice tensor, int process, out TensorPlace place)
    {
        var offset = (byte*)tensor.Pointer - _memory.Start;
        var bytes = (long)tensor.Length * sizeof(float);
        var isLent = false;
        place = default;
        lock (_lock)
        {
            if (offset >= 0 && offset < _memory.Length && _freeSlots.TryPeek(out var slot) && MayHold(process, bytes))
            {
                _freeSlots.Pop();
                tensor.Retain();
                Volatile.Write(ref Held[slot], 1);
                _loans.Add(new Loan(tensor, process, slot, bytes));
                place = new TensorPlace(offset, tensor.Length, slot);
                isLent = true;
            }
        }

        TakeBack();
        return isLent;
    }

    /// <summary>The link with that process has ended; it may have ended itself.</summary>
    public void OnLinkEnded(int process)
    {
        lock (_lock)
        {
            _departed.Add(process);
        }

        TakeBack();
    }

    /// <summary>Tensors that are held no more go back to their pool.</summary>
    public void TakeBack()
    {
        List<TensorSlice>? free = null;
        lock (_lock)
        {
            var ended = Ended();
            for (var i = _loans.Count - 1; i >= 0; i--)
            {
                var loan = _loans[i];
                if (Volatile.Read(ref Held[loan.Slot]) == 0 || ended.Contains(loan.Process))
                {
                    (free ??= []).Add(loan.Tensor);
                    _freeSlots.Push(loan.Slot);
                    _loans.RemoveAt(i);
                }
            }
        }

        free?.ForEach(tensor => tensor.Release());
    }

    private bool MayHold(int process, long bytes)
    {
        var held = 0L;
        foreach (var loan in _loans)
        {
            held += loan.Process == process ? loan.Bytes : 0;
        }

        return held == 0 || held + bytes <= MostBytesHeld;
    }

    /// <summary>Those of the departed that have ended. Whoever has nothing any more is departed no more.</summary>
    private HashSet<int> Ended()
    {
        if (_departed.Count == 0)
        {
            return _departed;
        }

        _departed.RemoveWhere(process => !_loans.Exists(loan => loan.Process == process));
        return [.. _departed.Where(process => !Directory.Exists(FormattableString.Invariant($"/proc/{process}")))];
    }

    private readonly record struct Loan(TensorSlice Tensor, int Process, int Slot, long Bytes);
}
