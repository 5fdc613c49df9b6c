using DistNet.Protocol;
using Xunit.Abstractions;

namespace DistNet.Wire.Tests;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 100_000;

    /// <summary>Of managed memory for one input: its messages, a buffer of the longest header, and the exception with its trace.</summary>
    private const long MaxAllocated = 24 * 1024;

    private const string ReadToTheEnd = "(read to the end)";

    /// <summary>Words of every refusal there is; of several that a refusal contains the first counts.</summary>
    private static readonly string[] Guards =
    [
        "A frame begins with", "A frame's header has", "no whole number of float32", "no place of a tensor", "A frame's payload has", "A header's CRC-32C", "A payload's CRC-32C",
        "of its prologue came", "of its header came", "of its payload came", "of its payload's sum came", "came with a payload", "came without its tensor",
        "has no field", "has wire type", "is there twice", "are left", "is missing", "has no body", "goes on after its body",
        "ends inside an integer", "of more than 10 bytes", "ends inside an entry", "more entries than the limit",
        "must not be negative", "must not be below -1", "must be 0 to 31", "numbered leaves", "is no role", "is no kind of connection", "must be 1 to 16", "must be one of",
        "is no place", "A frame's tensor in shared memory has",
    ];

    private static readonly TensorPlace Place = new(4096, 100, 3);

    private static readonly FrameLimits Limits = new(MaxHeaderBytes: 4096, MaxPayloadBytes: 16 * 1024, MaxListEntries: 60);

    private static readonly int[][] PieceSizes = [[int.MaxValue], [1], [16, 3], [64, 4096, 7]];

    private readonly SortedDictionary<string, int> _outcomes = [];

    /// <summary>
    /// Whatever comes in, there is a message or a <see cref="WireException"/>: no other error, no tensor left over or released twice,
    /// no memory beyond the limits, no endless reading (<see cref="PiecesStream"/> counts).
    /// </summary>
    [Theory]
    [InlineData(20261)]
    public void Damaged_frames_do_no_harm(int seed)
    {
        output.WriteLine($"seed {seed}");
        using var pool = new TensorPool(recycle: false);
        var corpus = Corpus(seed, pool);
        corpus.ShouldAllBe(frame => OutcomeOf(ReaderOf(frame, 0, pool)) == ReadToTheEnd);
        var mutation = new Mutation(new Random(seed), corpus);
        var most = 0L;
        for (var input = 0; input < Inputs; input++)
        {
            var what = $"seed {seed}, input {input}";
            var reader = ReaderOf(mutation.Next(), input % PieceSizes.Length, pool);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = Should.NotThrow(() => OutcomeOf(reader), what);
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            most.ShouldBeLessThan(MaxAllocated, what);
            pool.Outstanding.ShouldBe(0, what);
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine($"at most {most} bytes for one input");
        output.WriteLine(string.Join('\n', _outcomes.Select(each => $"{each.Value,7} {each.Key}")));

        // Nothing is refused without a reason, and damage finds nearly every one, or the test is worth little.
        _outcomes.Keys.ShouldBeSubsetOf([.. Guards, ReadToTheEnd]);
        _outcomes.Count.ShouldBeGreaterThan(Guards.Length - 6);
    }

    private static byte[][] Corpus(int seed, TensorPool pool) => [.. Draw.Messages.SelectMany((message, i) => Enumerable.Range(0, 4)
        .Select(each => Frame(new Draw(seed + (4 * i) + each, pool).Envelope(message), isPlaced: each % 2 == 1)))];

    private static byte[] Frame(Envelope envelope, bool isPlaced)
    {
        var bytes = isPlaced && envelope.Tensor.Length > 0 ? Frames.Placed(envelope, Place) : Frames.Of(envelope);
        envelope.Tensor.Release();
        return bytes;
    }

    private static FrameReader ReaderOf(byte[] bytes, int pieces, TensorPool pool) =>
        new(new PiecesStream(bytes, PieceSizes[pieces]), pool, Limits) { Places = new OnePlace(pool, Place) };

    private static string OutcomeOf(FrameReader reader)
    {
        try
        {
            while (reader.Next() is { } envelope)
            {
                envelope.Tensor.Release();
                envelope.Recycle();
            }

            return ReadToTheEnd;
        }
        catch (WireException e)
        {
            return Array.Find(Guards, guard => e.Message.Contains(guard, StringComparison.Ordinal)) ?? e.Message;
        }
    }
}
