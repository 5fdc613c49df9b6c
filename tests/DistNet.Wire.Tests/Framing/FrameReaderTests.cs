using System.Buffers.Binary;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed unsafe class FrameReaderTests : IDisposable
{
    private static readonly Horizon Small = new(4, 812);

    private readonly TensorPool _pool = new(recycle: false);

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Fact]
    public void A_stream_split_at_any_byte_reads_the_same()
    {
        var push = PushOf(50);
        var bytes = Frames.Of(Frames.Wrap(Small), push, Frames.Wrap(new EndEarly()));
        var whole = Frames.ReadAll(new PiecesStream(bytes), _pool);
        whole.Count.ShouldBe(3);
        whole[1].ShouldBe(Bits.Of(push));
        for (var split = 1; split < bytes.Length; split++)
        {
            Frames.ReadAll(new PiecesStream(bytes, split, bytes.Length), _pool).ShouldBe(whole, $"split at {split}");
        }

        Frames.ReadAll(new PiecesStream(bytes, 1), _pool).ShouldBe(whole);
        push.Tensor.Release();
    }

    [Fact]
    public void Small_frames_that_come_together_are_one_read()
    {
        var envelopes = Enumerable.Range(0, 40).Select(i => Frames.Wrap(new Horizon(1, i))).ToArray();
        var stream = new PiecesStream(Frames.Of(envelopes));
        var reader = new FrameReader(stream, _pool, FrameLimits.Default);
        foreach (var envelope in envelopes)
        {
            Bits.Of(reader.Next()!).ShouldBe(Bits.Of(envelope));
        }

        stream.Reads.ShouldBe(1);
        reader.Next().ShouldBeNull();
        reader.Next().ShouldBeNull();
    }

    [Fact]
    public void A_payload_is_read_into_the_tensor_itself()
    {
        const int Length = 100_000;
        var push = PushOf(Length);
        var stream = new PiecesStream(Frames.Of(push));
        var envelope = new FrameReader(stream, _pool, FrameLimits.Default).Next()!;
        var tensor = envelope.Tensor;
        stream.Reads.ShouldBe(3, "one for the header, one for the payload, one for its sum and what follows");
        var (address, read) = stream.LongestRead;
        (address + read).ShouldBe((nint)(tensor.Pointer + Length));
        read.ShouldBeGreaterThan((Length * sizeof(float)) - 4096);
        Bits.Of(envelope).ShouldBe(Bits.Of(push));
        push.Tensor.Release();
        tensor.Release();
    }

    [Fact]
    public void The_end_between_frames_is_the_end_and_within_one_an_error()
    {
        Frames.ReadAll(new PiecesStream([]), _pool).ShouldBeEmpty();
        var push = PushOf(30);
        var bytes = Frames.Of(push);
        push.Tensor.Release();
        var header = bytes.Length - Prologue.Size - (30 * sizeof(float)) - Prologue.PayloadSumSize;
        for (var length = 1; length < bytes.Length; length++)
        {
            var expected = length < Prologue.Size ? $"{length} of 16 bytes of its prologue"
                : length < Prologue.Size + header ? $"{length - Prologue.Size} of {header} bytes of its header"
                : length < Prologue.Size + header + 120 ? $"{length - Prologue.Size - header} of 120 bytes of its payload"
                : $"{length - Prologue.Size - header - 120} of 4 bytes of its payload's sum";
            Frames.Refusal(bytes[..length]).ShouldBe($"The stream ended inside a frame: {expected} came.");
        }
    }

    [Fact]
    public void Another_magic_is_named()
    {
        var bytes = Frames.Of(Small);
        bytes[3] = (byte)'1';
        Frames.Refusal(bytes).ShouldBe("A frame begins with 444E4631, not with 444E4632 (\"DNF2\").");
        Frames.Refusal("GET / HTTP/1.1\r\n\r\n"u8.ToArray()).ShouldStartWith("A frame begins with 47455420,");
    }

    /// <summary>Every byte that the sum covers, and the sum itself. (A length that became longer is also seen as a frame cut short.)</summary>
    [Fact]
    public void No_altered_byte_goes_unseen()
    {
        var push = PushOf(8);
        var good = Frames.Of(push);
        push.Tensor.Release();
        for (var at = 0; at < good.Length; at++)
        {
            var bytes = good.ToArray();
            bytes[at] ^= 0x10;
            Frames.Refusal(bytes).ShouldNotBeEmpty();
            if (at is >= 12 and < 16)
            {
                Frames.Refusal(bytes).ShouldMatch("^A header's CRC-32C is [0-9a-f]{8}, but its prologue says [0-9a-f]{8}\\.$");
            }
            else if (at >= good.Length - (8 * sizeof(float)) - Prologue.PayloadSumSize)
            {
                Frames.Refusal(bytes).ShouldMatch("^A payload's CRC-32C is [0-9a-f]{8}, but its end says [0-9a-f]{8}\\.$");
            }
        }
    }

    [Fact]
    public void Lengths_over_their_limits_are_refused_before_anything_is_made()
    {
        var limits = new FrameLimits(MaxHeaderBytes: 100, MaxPayloadBytes: 200);
        RefusalOf(101, 0, limits).ShouldBe("A frame's header has 101 bytes; the limit is 100.");
        RefusalOf(uint.MaxValue, 0, limits).ShouldBe("A frame's header has 4294967295 bytes; the limit is 100.");
        RefusalOf(10, 204, limits).ShouldBe("A frame's payload has 204 bytes; the limit is 200.");
        RefusalOf(10, uint.MaxValue - 3, FrameLimits.Default).ShouldBe("A frame's payload has 4294967292 bytes; the limit is 268435456.");
        RefusalOf(10, 6, limits).ShouldBe("A frame's payload has 6 bytes, which is no whole number of float32.");
        RefusalOf(100, 200, limits).ShouldStartWith("The stream ended inside a frame: 0 of 100 bytes of its header");
    }

    [Fact]
    public void A_header_is_given_memory_only_as_it_comes()
    {
        var bytes = new byte[6000];
        Frames.Of(Small).CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 16 << 20);
        var reader = new FrameReader(new PiecesStream(bytes), _pool, FrameLimits.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WireException>(() => reader.Next());
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }

    [Fact]
    public void Lists_over_their_limit_are_refused_before_they_are_made()
    {
        var lives = Enumerable.Range(0, 50_000).Select(i => new WorkerLife(i, 1)).ToArray();
        var bytes = Frames.Of(new Placement(1, 1, lives));
        Frames.ReadAll(new PiecesStream(bytes), _pool, new FrameLimits(MaxListEntries: 50_000)).Count.ShouldBe(1);
        var reader = new FrameReader(new PiecesStream(bytes), _pool, new FrameLimits(MaxListEntries: 49_999));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WireException>(() => reader.Next()).Message
            .ShouldBe("Placement.workers: the message's lists have more entries than the limit, 49999.");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3 * bytes.Length);
    }

    [Fact]
    public void Entries_of_all_lists_count_together()
    {
        var cut = CompleteCut.Start with { LaneClocks = [1, 2, 3], History = new LossHistory([1, 2], [3, 4], 0, 0) };
        var bytes = Frames.Of(new Rewind(2, cut));
        Frames.ReadAll(new PiecesStream(bytes), _pool, new FrameLimits(MaxListEntries: 7)).Count.ShouldBe(1);
        Frames.Refusal(bytes, new FrameLimits(MaxListEntries: 6)).ShouldBe("LossHistory.steps: the message's lists have more entries than the limit, 6.");
        Frames.Refusal(bytes, new FrameLimits(MaxListEntries: 2)).ShouldBe("LaneClocks.units: the message's lists have more entries than the limit, 2.");
    }

    [Fact]
    public void A_tensor_is_where_it_belongs_and_nowhere_else()
    {
        var header = Frames.Header();
        header.EndEarly = new V1.EndEarly();
        Frames.Refusal(Frames.Around(header, new byte[8])).ShouldBe("EndEarly came with a payload of 8 bytes; it has no tensor.");
        header.Final = new V1.Final { Generation = 1, Partition = 0, Log = new V1.ApplyLog { Version = 1, Samples = 1, Digest = 1 } };
        Frames.Refusal(Frames.Around(header)).ShouldBe("Final came without its tensor.");
    }

    [Fact]
    public void A_cancelled_read_holds_no_tensor_and_spends_the_reader()
    {
        var push = PushOf(10_000);
        var bytes = Frames.Of(push);
        push.Tensor.Release();
        for (var when = 0; when < 4; when++)
        {
            using var source = new CancellationTokenSource();
            var at = when;
            var stream = new PiecesStream(bytes, 10, 30, 5000) { BeforeRead = read => Cancel(source, read == at) };
            var reader = new FrameReader(stream, _pool, FrameLimits.Default);
            Should.Throw<OperationCanceledException>(() => Frames.Now(reader.ReadAsync(source.Token)));
            _pool.Outstanding.ShouldBe(0, $"read {when}");
            Should.Throw<InvalidOperationException>(() => reader.Next());
        }
    }

    [Fact]
    public void An_error_of_the_stream_passes_through_and_holds_no_tensor()
    {
        var push = PushOf(10_000);
        var stream = new PiecesStream(Frames.Of(push), 5000) { BeforeRead = read => ThrowIf(read == 2) };
        push.Tensor.Release();
        Should.Throw<IOException>(() => new FrameReader(stream, _pool, FrameLimits.Default).Next()).Message.ShouldBe("gone");
    }

    private static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    private static void ThrowIf(bool now)
    {
        if (now)
        {
            throw new IOException("gone");
        }
    }

    private static string RefusalOf(uint headerBytes, uint payloadBytes, FrameLimits limits)
    {
        var bytes = Frames.Of(Small)[..Prologue.Size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), headerBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), payloadBytes);
        return Frames.Refusal(bytes, limits);
    }

    private Envelope PushOf(int length)
    {
        var tensor = _pool.Rent(length);
        for (var i = 0; i < length; i++)
        {
            tensor.Span[i] = i * 0.25f;
        }

        return Frames.Wrap(new Push(4, 1, new TreeNode(1, 2), 812, 0, 811, 64, 1.5, tensor.All));
    }
}
