using DistNet.Protocol;
using Google.Protobuf;

namespace DistNet.Wire.Tests;

/// <summary>Short ways to frames and back.</summary>
internal static class Frames
{
    public static Envelope Wrap<T>(T message)
        where T : struct, DistNet.Protocol.IMessage => Envelope<T>.Rent(ActorId.Worker(3), 7, ActorId.Server(1), message);

    public static byte[] Of<T>(T message)
        where T : struct, DistNet.Protocol.IMessage => Of(Wrap(message));

    public static byte[] Of(params Envelope[] envelopes)
    {
        using var stream = new MemoryStream();
        var writer = new FrameWriter(stream);
        foreach (var envelope in envelopes)
        {
            Now(writer.WriteAsync(envelope, default));
        }

        return stream.ToArray();
    }

    /// <summary>The frame of a message whose tensor stays where it is.</summary>
    public static byte[] Placed(Envelope envelope, TensorPlace place)
    {
        using var stream = new MemoryStream();
        var writer = new FrameWriter(stream);
        Now(writer.AddAsync(envelope, place, default));
        Now(writer.FlushAsync(default));
        return stream.ToArray();
    }

    /// <summary>A frame with right sums around whatever header and payload.</summary>
    public static byte[] Around(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload = default, bool isPlaced = false)
    {
        var sum = payload.IsEmpty ? 0 : Prologue.PayloadSumSize;
        var frame = new byte[Prologue.Size + header.Length + payload.Length + sum];
        header.CopyTo(frame.AsSpan(Prologue.Size));
        payload.CopyTo(frame.AsSpan(Prologue.Size + header.Length));
        Prologue.Write(frame.AsSpan(0, Prologue.Size + header.Length), payload.Length, isPlaced);
        if (sum > 0)
        {
            Prologue.WritePayloadSum(Crc32C.Append(Crc32C.Start, payload), frame.AsSpan(frame.Length - sum));
        }

        return frame;
    }

    public static byte[] Around(V1.Header header, ReadOnlySpan<byte> payload = default) => Around(header.ToByteArray(), payload);

    public static V1.Header Header() => new()
    {
        From = new V1.ActorId { Role = V1.Role.Worker, Index = 3 },
        FromIncarnation = 7,
        To = new V1.ActorId { Role = V1.Role.Server, Index = 1 },
    };

    /// <summary>The next message, from a stream that never makes the reader wait.</summary>
    public static Envelope? Next(this FrameReader reader) => Now(reader.ReadAsync(default));

    /// <summary>Reads to the end and lets go of every message; as text.</summary>
    public static List<string> ReadAll(Stream stream, TensorPool pool, FrameLimits? limits = null)
    {
        var reader = new FrameReader(stream, pool, limits ?? FrameLimits.Default);
        var messages = new List<string>();
        while (reader.Next() is { } envelope)
        {
            messages.Add(Bits.Of(envelope));
            envelope.Tensor.Release();
            envelope.Recycle();
        }

        return messages;
    }

    /// <summary>What the reader says to these bytes, which are no good; it may hold no tensor then.</summary>
    public static string Refusal(byte[] bytes, FrameLimits? limits = null)
    {
        using var pool = new TensorPool(recycle: false);
        var message = Should.Throw<WireException>(() => ReadAll(new PiecesStream(bytes), pool, limits)).Message;
        pool.Outstanding.ShouldBe(0);
        return message;
    }

    public static T Now<T>(ValueTask<T> task)
    {
        task.IsCompleted.ShouldBeTrue();
        return task.GetAwaiter().GetResult();
    }

    public static void Now(ValueTask task)
    {
        task.IsCompleted.ShouldBeTrue();
        task.GetAwaiter().GetResult();
    }
}
