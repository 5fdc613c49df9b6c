using System.Runtime.InteropServices;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>
/// The bytes themselves. Where one of these changes, peers of the same protocol version no longer understand each other:
/// raise <see cref="WireProtocol.Version"/>.
/// </summary>
public sealed class GoldenFrameTests
{
    [Fact]
    public void Smallest() => Golden(
        new EndEarly(),
        "444E4632 11000000 00000000 FABA5258  0A0408041003 1007 1A0408031001  A20100");

    [Fact]
    public void Numbers() => Golden(
        new Progress(2, 300, 70_000, -0.0, 80_000, 0, 1.5, 300, new DropCounts(new DropCount(1, 2), default, default), [3], -1, 340, IsDrained: true, IsAtEnd: false),
        "444E4632 57000000 00000000 6F7085BA  0A0408041003 1007 1A0408031001  F20246080210AC0218F0A2042100000000000000802880F104300039000000000000F83F40AC0248D4025001 5800 62120A04080110021204080010001A0408001000 6801 72030A0103");

    [Fact]
    public void Text() => Golden(
        new Hello(1, ConnectionKind.Data, "t\u00e9", Role.Worker, -1, 0, new NodeCard("h:1", "m", 7, "ab")),
        "444E4632 39000000 00000000 7A178DD3  0A0408041003 1007 1A0408031001  BA01280801 1002 1A0374C3A9 2004 28FFFFFFFFFFFFFFFFFF01 3000 3A0E0A03683A3112016D180722026162");

    [Fact]
    public void Question_and_answer()
    {
        Golden(new Probe(1), "444E4632 13000000 00000000 AA68DD61  0A0408041003 1007 1A0408031001  9203020801");
        Golden(new Probed(1, 5, 3.25), "444E4632 1E000000 00000000 77CC1179  0A0408041003 1007 1A0408031001  9A030D0801 1005 190000000000000A40");
    }

    [Fact]
    public void What_the_coordinators_node_tells()
    {
        Golden(new Expelled("gone"), "444E4632 16000000 00000000 0A79EC16  0A0408041003 1007 1A0408031001  72060A04676F6E65");
        Golden(new StatusAsked("secret"), "444E4632 18000000 00000000 8CAC294F  0A0408041003 1007 1A0408031001  6A080A06736563726574");
        Golden(new StatusTold("h:1", "{}"), "444E4632 19000000 00000000 5D2B0945  0A0408041003 1007 1A0408031001  62090A03683A3112027B7D");
        Golden(new LossTold("r1", 3, 500, 192, double.NaN), "444E4632 25000000 00000000 3FDBBCBD  0A0408041003 1007 1A0408031001  5A150A027231100318F40320C00129000000000000F8FF");
        Golden(new JournalTold(2, "{}", string.Empty), "444E4632 18000000 00000000 1516B5F0  0A0408041003 1007 1A0408031001  5208080212027B7D1A00");
    }

    [Fact]
    public void Negative_numbers() => Golden(
        new Report(1, 5, 4, 64, -1, TimeSpan.FromMilliseconds(3), TimeSpan.Zero),
        "444E4632 21000000 00000000 893A3643  0A0408041003 1007 1A0408031001  FA0210080110051840200128B0EA01 3000 3804");

    [Fact]
    public void Lists() => Golden(
        new Apply(1, 2, 3, [new ScaledUnit(new UnitId(-1, 2, 3), 64, 0.5f)], [new UnitId(1, 2, 2)], [new LaneStart(0, 3, 4, new WorkerLife(1, 9), 3)], MeasuresDrift: true),
        "444E4632 40000000 00000000 7191DAEE  0A0408041003 1007 1A0408031001  FA012F080110021803220F0A0608011002180310401D0000003F 2A0C080010031804200128033009 3206080210021802 3801");

    [Fact]
    public void List_of_none_and_no_list()
    {
        Golden(new Held(1, 0, new UnitId(0, 1, 2), 3, 4, 5, []),
            "444E4632 2C000000 00000000 82FFA26E  0A0408041003 1007 1A0408031001  F2011B080110001A06080010011802200328043100000000000014403A00");
        Golden(new Held(1, 0, new UnitId(0, 1, 2), 3, 4, 5, null),
            "444E4632 2A000000 00000000 F76E8D62  0A0408041003 1007 1A0408031001  F20119080110001A0608001001180220032804310000000000001440");
    }

    [Fact]
    public void Tensor()
    {
        using var pool = new TensorPool();
        var tensor = pool.Rent(4);
        uint[] bits = [0, BitConverter.SingleToUInt32Bits(1), 0x80000000, 0x7FA00001];
        bits.CopyTo(MemoryMarshal.Cast<float, uint>(tensor.Span));
        Golden(new Push(1, 2, new TreeNode(1, 3), 812, 0, 811, 64, double.NaN, tensor.All.Slice(1, 3)),
            "444E4632 2E000000 0C000000 2BC3D913  0A0408041003 1007 1A0408031001  E2011D080110021A040801100320AC06280030AB06384041000000000000F8FF  0000803F 00000080 0100A07F  A35854A9");
    }

    [Fact]
    public void Record()
    {
        var cut = new CompleteCut(812, 3, 51_968, [203, 203], 64, 0, 2.5, 406, [400, 6], new DropCounts(default, new DropCount(1, 32), default), new RulePhase(1, 500, 125), new LossHistory([0.25], [], 1.5, 128));
        Convert.ToHexString(RecordBytes.Encode(new CoordinatorRecord(9, 3, [CompleteCut.Start, cut]))).ShouldBe(Joined(
            "0809 1003  1A3E 08001000200028003100000000000000003800420B1900000000000000002000"
            + " 52120A04080010001204080010001A0408001000 5A06080010001800 6000"
            + "  1A5B 08AC06108096031A060A04CB01CB012040280031000000000000044038960342160A08000000000000D03F19000000000000F83F208001"
            + " 4A03900306 52120A04080010001204080110201A0408001000 5A07080110F403187D 6003"));
    }

    /// <summary>Prologue, sender and receiver, body, and its tensor and the tensor's sum if it has one.</summary>
    private static void Golden<T>(T message, string hex)
        where T : struct, IMessage
    {
        Convert.ToHexString(Frames.Of(message)).ShouldBe(Joined(hex));
        using var pool = new TensorPool();
        Frames.ReadAll(new PiecesStream(Convert.FromHexString(Joined(hex))), pool).ShouldBe([Bits.Of(Frames.Wrap(message))]);
    }

    private static string Joined(string hex) => hex.Replace(" ", string.Empty, StringComparison.Ordinal);
}
