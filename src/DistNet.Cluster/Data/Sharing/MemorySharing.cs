using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>What the two ends of one link know of each other's memory. Both directions are agreed on separately.</summary>
/// <param name="own">This node's memory; null: it shares none.</param>
internal sealed class MemorySharing(SharedMemory? own)
{
    private const int NotMapped = -1;

    private PeerMemory? _theirs;
    private int _mappedBy = NotMapped;

    /// <summary>Sees to a message about memory; false: it is about something else.</summary>
    /// <param name="envelope">Taken over if it is about memory.</param>
    /// <param name="reader">Where it came from.</param>
    /// <param name="answer">Sends the other end a message.</param>
    /// <exception cref="WireException">It makes no sense.</exception>
    public bool OnMessage(Envelope envelope, FrameReader reader, Action<Envelope> answer)
    {
        switch (envelope)
        {
            case Envelope<MemoryOffer> offer:
                OnOffer(offer.Message, reader, answer);
                break;
            case Envelope<MemoryMapped> mapped when own is not null:
                Volatile.Write(ref _mappedBy, mapped.Message.ProcessId);
                break;
            case Envelope<MemoryMapped>:
                throw new WireException("Memory is said to be mapped that was not offered.");
            default:
                return false;
        }

        envelope.Recycle();
        return true;
    }

    /// <summary>Lends a tensor to the other end, if that has mapped it. False: it must travel.</summary>
    public bool TryLend(in TensorSlice tensor, out TensorPlace place)
    {
        place = default;
        var process = Volatile.Read(ref _mappedBy);
        return process != NotMapped && !tensor.IsEmpty && own!.TryLend(tensor, process, out place);
    }

    /// <summary>The link has ended.</summary>
    public void End()
    {
        _theirs?.Close();
        if (_mappedBy != NotMapped)
        {
            own!.OnLinkEnded(_mappedBy);
        }
    }

    private void OnOffer(in MemoryOffer offer, FrameReader reader, Action<Envelope> answer)
    {
        if (_theirs is not null)
        {
            throw new WireException("Memory was offered twice.");
        }

        if (own is not null && PeerMemory.TryMap(offer) is { } memory)
        {
            reader.Places = _theirs = memory;
            answer(Envelope<MemoryMapped>.Rent(default, 0, default, new MemoryMapped(Environment.ProcessId)));
        }
    }
}
