using System.Text;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// The shared memory of another process, mapped here. It stays mapped until the link is closed and every tensor in it is released: the process
/// that made it may be gone long before.
/// </summary>
internal sealed unsafe class PeerMemory : ITensorPlaces
{
    private readonly MappedFile _memory;
    private int _users = 1;

    private PeerMemory(MappedFile memory) => _memory = memory;

    /// <summary>Null: it cannot be mapped, as a rule because it is on another machine.</summary>
    /// <param name="offer">What the other process has said.</param>
    public static PeerMemory? TryMap(in MemoryOffer offer)
    {
        if (offer.Bytes < SharedLayout.TensorsBegin || AnonymousFile.TryOpen(offer.ProcessId, offer.Descriptor, offer.Bytes) is not { } file)
        {
            return null;
        }

        try
        {
            var memory = new MappedFile(file, offer.Bytes);
            if (Encoding.ASCII.GetString(memory.Start, SharedLayout.MarkLength) == offer.Mark)
            {
                return new PeerMemory(memory);
            }

            memory.Dispose();
        }
        catch (Exception e) when (e is IOException or OutOfMemoryException)
        {
            file.Dispose();
        }

        return null;
    }

    public TensorSlice Take(in TensorPlace place)
    {
        if (place.Offset < SharedLayout.TensorsBegin || place.Offset % sizeof(float) != 0 || place.Length is <= 0 or > int.MaxValue
            || place.Offset > _memory.Length - (place.Length * sizeof(float)) || place.Slot is < 0 or >= SharedLayout.Slots)
        {
            throw new WireException($"A frame's tensor is said to be at {place.Offset} of shared memory, {place.Length} values in slot {place.Slot}; that is no place.");
        }

        Interlocked.Increment(ref _users);
        return new Tensor(new Loan(this, (int)place.Slot), (float*)(_memory.Start + place.Offset), (int)place.Length).All;
    }

    /// <summary>No more tensors come from here.</summary>
    public void Close() => Leave();

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _memory.Dispose();
        }
    }

    private sealed class Loan(PeerMemory memory, int slot) : ITensorOwner
    {
        public void Return(Tensor tensor)
        {
            Volatile.Write(ref memory._memory.Start[SharedLayout.MarkLength + slot], 0);
            memory.Leave();
        }
    }
}
