using System.Text.Json;
using DistNet.Actors;
using DistNet.Numerics;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Every message with text or lists in it, as long as it can be in a run of that size: highest numbers, longest names. Measured by writing it; only the
/// loss history, which may be as long as the run, is reckoned.
/// </summary>
internal static class WorstCases
{
    /// <summary>No message without text and lists is longer; a test holds them to it.</summary>
    public const int PlainBytes = 512;

    /// <summary>Bytes of a character that JSON escapes.</summary>
    private const int Escaped = 6;

    /// <summary>Bytes of any other character.</summary>
    private const int Encoded = 3;

    /// <summary>A name of DNS, a colon and a port.</summary>
    private const int AddressLength = 253 + 6;

    private const int FileNameLength = 255;
    private const int TokenLength = 1024;

    /// <summary>An interval's nodes in a tree of numbered leaves: two on each level.</summary>
    private const int MostNodes = 2 * 31;

    /// <summary>Bytes by which lengths and tags of a cut grow with what is in its history.</summary>
    private const int HistoryHead = 64;

    private static readonly ActorId Actor = new(Role.Worker, int.MaxValue);
    private static readonly WorkerLife Life = new(int.MaxValue, long.MaxValue);
    private static readonly UnitId Unit = new(int.MaxValue, long.MaxValue, long.MaxValue);
    private static readonly Posting Posting = new(Actor, long.MaxValue);
    private static readonly string Address = new('x', AddressLength);
    private static readonly string FileName = new('x', FileNameLength);
    private static readonly string Words = Text(ShortText.MostCharacters * Encoded);
    private static readonly DropCounts Dropped = new(new(long.MaxValue, long.MaxValue), new(long.MaxValue, long.MaxValue), new(long.MaxValue, long.MaxValue));
    private static readonly RulePhase Phase = new(int.MaxValue, long.MaxValue, long.MaxValue);

    public static IReadOnlyList<MessageSize> Of(RunSize size) => [new("any other message", PlainBytes), .. OfTexts(), .. OfNodes(size), .. OfUnits(size), .. OfRecords(size)];

    private static MessageSize[] OfTexts() =>
    [
        Measure(new Hello(int.MaxValue, ConnectionKind.Data, Text(TokenLength * Encoded), Role.Worker, -1, long.MaxValue, new NodeCard(Address, Address, int.MaxValue, Text(64)))),
        Measure(new StatusAsked(Text(TokenLength * Encoded))),
        Measure(new Refused(Words)),
        Measure(new Expelled(Words)),
        Measure(new Unfit(FileName, Words)),
        Measure(new LinkBroken(Actor, long.MaxValue, Words)),
        Measure(new RunEnded(FileName)),
        Measure(new Ready(FileName, Posting)),
        Measure(new LossTold(FileName, long.MaxValue, long.MaxValue, long.MaxValue, double.NaN)),
        Measure(new MemoryOffer(int.MaxValue, int.MaxValue, long.MaxValue, Text(64))),
    ];

    private static MessageSize[] OfNodes(RunSize size)
    {
        var order = Text(size.OrderBytes);
        var postings = Many(Posting, size.Actors);
        var peers = Many(new Peer(Actor, long.MaxValue, Actor, long.MaxValue, Address), size.Actors);
        return
        [
            Measure(new Enlist(order, postings, peers)),
            Measure(new Assign(order, postings)),
            Measure(new Peers(FileName, peers)),
            Measure(new JournalTold(long.MaxValue, order, Words)),
            Measure(new StatusTold(Address, StatusOf(size))),
            Measure(new Placement(long.MaxValue, long.MaxValue, Many(Life, size.Nodes))),
        ];
    }

    private static MessageSize[] OfUnits(RunSize size)
    {
        var waiting = size.Units + (2 * size.Lanes);
        var progress = new Progress(
            long.MaxValue, long.MaxValue, long.MaxValue, 1, long.MaxValue, long.MaxValue, 1, long.MaxValue, Dropped, Many(long.MaxValue, waiting), int.MaxValue, long.MaxValue, true, true);
        var starts = Many(new LaneStart(int.MaxValue, long.MaxValue, long.MaxValue, Life, long.MaxValue), 2 * size.Lanes);
        return
        [
            Measure(progress),
            Measure(new Milestone(long.MaxValue, true, true, progress, Many(long.MaxValue, size.Lanes))),
            Measure(new Apply(long.MaxValue, long.MaxValue, long.MaxValue, Many(new ScaledUnit(Unit, int.MaxValue, 1), size.Units), Many(Unit, waiting), starts, true)),
            Measure(new Held(long.MaxValue, int.MaxValue, Unit, long.MaxValue, int.MaxValue, 1, Many(new BlockNorm(new TreeNode(0, int.MaxValue - 1), 1), MostNodes))),
            Measure(new Evaluate(long.MaxValue, long.MaxValue, Many(int.MaxValue, size.Chunks))),
        ];
    }

    private static MessageSize[] OfRecords(RunSize size)
    {
        var cut = new CompleteCut(
            long.MaxValue, long.MaxValue, long.MaxValue, Many(long.MaxValue, size.Lanes), long.MaxValue, long.MaxValue, 1, long.MaxValue,
            Many(long.MaxValue, StalenessCounts.Limit), Dropped, Phase, new LossHistory([], [], 1, long.MaxValue));
        var record = new CoordinatorRecord(long.MaxValue, long.MaxValue, Many(cut, RecordKeeper.CutsKept));
        return
        [
            WithHistories(Measure(new Join(long.MaxValue, long.MaxValue, record)), size, RecordKeeper.CutsKept),
            WithHistories(Measure(new KeepRecord(record)), size, RecordKeeper.CutsKept),
            WithHistories(Measure(new Rewind(long.MaxValue, cut)), size, 1),
        ];
    }

    private static MessageSize WithHistories(MessageSize message, RunSize size, int cuts) =>
        message with { Bytes = message.Bytes + (cuts * (HistoryHead + (sizeof(double) * (size.Epochs + size.RecordedSteps)))) };

    private static string StatusOf(RunSize size)
    {
        // Escaped text is as long as it can be.
        var words = new string('x', ShortText.MostCharacters * Escaped);
        var node = new NodeStatus(Actor.ToString(), int.MaxValue, Address, Address, "coordinating", [], long.MaxValue, "1000000000..1000000000", double.MinValue, words);
        var run = new RunStatus(FileName, long.MaxValue, long.MaxValue, long.MaxValue, double.MinValue, int.MaxValue, int.MaxValue, double.MinValue, words);
        var nodes = Many(node, size.Nodes);
        nodes[0] = node with { Actors = Many(Actor.ToString(), size.Actors) };
        return JsonSerializer.Serialize(new ClusterStatus(Address, run, words, nodes));
    }

    private static MessageSize Measure<T>(T message)
        where T : struct, IMessage => new(typeof(T).Name, FrameBytes.Of(Envelope<T>.Rent(Actor, long.MaxValue, Actor, message)).Length);

    private static string Text(int bytes) => new('x', bytes);

    private static T[] Many<T>(T item, int count)
    {
        var items = new T[count];
        Array.Fill(items, item);
        return items;
    }
}
