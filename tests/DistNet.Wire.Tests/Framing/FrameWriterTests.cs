using DistNet.Protocol;

namespace DistNet.Wire.Tests;

public sealed unsafe class FrameWriterTests : IDisposable
{
    private readonly TensorPool _pool = new(recycle: false);
    private readonly RecordingStream _stream = new();
    private readonly FrameWriter _writer;

    public FrameWriterTests() => _writer = new FrameWriter(_stream);

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Fact]
    public void A_tensor_but_for_its_beginning_and_its_end_leaves_from_its_own_memory_and_stays_the_callers()
    {
        const int Beginning = 4096;
        const int End = 1024;
        var tensor = _pool.Rent(50_000);
        Write(Final(tensor.All.Slice(1000, 30_000)));
        _stream.Writes.Count.ShouldBe(3);
        _stream.Writes[1].ShouldBe(((nint)(tensor.Pointer + 1000 + Beginning), (30_000 - Beginning - End) * sizeof(float)));
        _stream.Flushes.ShouldBe(1);
        _pool.Outstanding.ShouldBe(1);
        tensor.Release();
    }

    /// <summary>So that the first bytes of a large one are on their way while the rest is summed.</summary>
    [Fact]
    public void A_large_tensor_leaves_in_pieces()
    {
        var tensor = _pool.Rent(500_000);
        tensor.Span.Fill(1.5f);
        Write(Final(tensor.All));
        _stream.Writes.Count.ShouldBeGreaterThan(4);
        Frames.ReadAll(new PiecesStream(_stream.ToArray(), 70_000), _pool).Single().ShouldBe(Bits.Of(Final(tensor.All)));
        tensor.Release();
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(5120)]
    [InlineData(5121)]
    [InlineData(136_192)]
    [InlineData(136_193)]
    public void Any_length_arrives(int length)
    {
        var tensor = _pool.Rent(length);
        tensor.Span.Fill(length);
        Add(Final(tensor.All));
        Write(Frames.Wrap(new Horizon(1, 2)));
        Frames.ReadAll(new PiecesStream(_stream.ToArray(), 4096, 1), _pool).ShouldBe([Bits.Of(Final(tensor.All)), Bits.Of(Frames.Wrap(new Horizon(1, 2)))]);
        tensor.Release();
    }

    [Fact]
    public void A_small_tensor_leaves_with_its_header()
    {
        var tensor = _pool.Rent(100);
        Write(Final(tensor.All));
        _stream.Writes.Count.ShouldBe(1);
        tensor.Release();
    }

    [Fact]
    public void Added_frames_leave_together_with_one_flush()
    {
        for (var i = 0; i < 100; i++)
        {
            Add(Frames.Wrap(new Horizon(1, i)));
        }

        _stream.Writes.ShouldBeEmpty();
        Frames.Now(_writer.FlushAsync(default));
        _stream.Writes.Count.ShouldBe(1);
        _stream.Flushes.ShouldBe(1);
        Frames.ReadAll(new PiecesStream(_stream.ToArray()), _pool).Count.ShouldBe(100);
    }

    /// <summary>However many are added without a flush, they do not pile up.</summary>
    [Fact]
    public void A_full_buffer_leaves_by_itself_in_order()
    {
        for (var i = 0; i < 3000; i++)
        {
            Add(Frames.Wrap(new Horizon(1, i)));
        }

        _stream.Writes.Count.ShouldBeGreaterThan(3);
        _stream.Writes.ShouldAllBe(write => write.Length < 17_000);
        Frames.Now(_writer.FlushAsync(default));
        var received = Frames.ReadAll(new PiecesStream(_stream.ToArray()), _pool);
        received.ShouldBe(Enumerable.Range(0, 3000).Select(i => Bits.Of(Frames.Wrap(new Horizon(1, i)))));
    }

    [Fact]
    public void A_tensor_takes_along_what_was_added_before()
    {
        var tensor = _pool.Rent(20_000);
        tensor.Span.Clear();
        Add(Frames.Wrap(new Horizon(1, 1)));
        Add(Final(tensor.All));
        Add(Frames.Wrap(new Horizon(1, 2)));
        _stream.Writes.Count.ShouldBe(2);
        Frames.Now(_writer.FlushAsync(default));
        Frames.ReadAll(new PiecesStream(_stream.ToArray()), _pool).Select(each => each.Split(' ')[3]).ShouldBe(["Horizon", "Final", "Horizon"]);
        tensor.Release();
    }

    [Fact]
    public void A_message_without_its_tensor_does_not_travel() =>
        Should.Throw<ArgumentException>(() => Write(Final(default))).Message.ShouldStartWith("Final does not travel without its tensor.");

    [Fact]
    public void Errors_of_the_stream_and_cancellation_pass_through()
    {
        _stream.Error = new IOException("gone");
        Should.Throw<IOException>(() => Write(Frames.Wrap(new Horizon(1, 1)))).Message.ShouldBe("gone");
        _stream.Error = null;
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => Frames.Now(_writer.WriteAsync(Frames.Wrap(new Horizon(1, 1)), cancelled.Token)));
    }

    private static Envelope Final(TensorSlice values) => Frames.Wrap(new Final(1, 2, ApplyLog.Empty, values));

    private void Write(Envelope envelope) => Frames.Now(_writer.WriteAsync(envelope, default));

    private void Add(Envelope envelope) => Frames.Now(_writer.AddAsync(envelope, default));

    /// <summary>Remembers where each write's memory was, and fails when told to.</summary>
    private sealed class RecordingStream : MemoryStream
    {
        public List<(nint Address, int Length)> Writes { get; } = [];

        public int Flushes { get; private set; }

        public Exception? Error { get; set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Error is not null)
            {
                throw Error;
            }

            cancellationToken.ThrowIfCancellationRequested();
            using var pin = buffer.Pin();
            Writes.Add(((nint)pin.Pointer, buffer.Length));
            Write(buffer.Span);
            return default;
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flushes++;
            return Task.CompletedTask;
        }
    }
}
