using System.Collections;
using DistNet.Protocol;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace DistNet.Wire.Tests;

/// <summary>Values that have the right shape and still make no sense.</summary>
public sealed class ValueTests
{
    [Fact]
    public void Negative_counts_and_indexes_are_refused_by_name()
    {
        RefusalOf(header => header.Stop = new V1.Stop { Generation = -1, Version = 1 }).ShouldBe("Stop.generation is -1; it must not be negative.");
        RefusalOf(header => header.Marked = new V1.Marked { Generation = 1, Partition = -2, Version = 1 })
            .ShouldBe("Marked.partition is -2; it must not be negative.");
        RefusalOf(header => header.Report = Report(layer: -2, ticks: 0)).ShouldBe("Report.non_finite_layer is -2; it must not be below -1.");
        RefusalOf(header => header.Report = Report(layer: -1, ticks: -5)).ShouldBe("Report.compute_time is -5; it must not be negative.");
        RefusalOf(header => header.Evaluate = new V1.Evaluate { Generation = 1, Version = 1, Chunks = { 4, -1 } })
            .ShouldBe("Evaluate.chunks is -1; it must not be negative.");
    }

    /// <summary>Whatever integer of whatever message, sender and receiver and lists included: below what it may be, it is refused by name.</summary>
    [Theory]
    [MemberData(nameof(RoundTripTests.Messages), MemberType = typeof(RoundTripTests))]
    public void Every_integer_of_every_message_is_looked_at(Type message)
    {
        using var pool = new TensorPool();
        var frame = Frames.Of(new Draw(5, pool).Envelope(message));
        var count = Integers(HeaderOf(frame)).Count();
        count.ShouldBeGreaterThanOrEqualTo(3);
        for (var i = 0; i < count; i++)
        {
            var header = HeaderOf(frame);
            var (name, spoil) = Integers(header).ElementAt(i);
            spoil();
            Frames.Refusal(Frames.Around(header, PayloadOf(frame))).ShouldContain($".{name} is -7; it must", Case.Sensitive);
        }
    }

    [Theory]
    [InlineData(-1, 0, "Push.node.level is -1; it must be 0 to 31.")]
    [InlineData(32, 0, "Push.node.level is 32; it must be 0 to 31.")]
    [InlineData(31, 0, "Push.node.index is 0; it must be that of a node with numbered leaves at level 31.")]
    [InlineData(30, 1, "Push.node.index is 1; it must be that of a node with numbered leaves at level 30.")]
    [InlineData(0, -1, "Push.node.index is -1; it must be that of a node with numbered leaves at level 0.")]
    public void A_tree_node_without_numbered_leaves_is_refused(int level, int index, string refusal)
    {
        using var pool = new TensorPool();
        var frame = Frames.Of(new Draw(1, pool).Envelope(typeof(Push)));
        var header = HeaderOf(frame);
        header.Push.Node = new V1.TreeNode { Level = level, Index = index };
        Frames.Refusal(Frames.Around(header, PayloadOf(frame))).ShouldBe(refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1)]
    public void An_unknown_role_is_refused(int role)
    {
        RefusalOf(header => header.From.Role = (V1.Role)role).ShouldBe($"Header.from.role is {role}; it is no role.");
        RefusalOf(header => header.To.Role = (V1.Role)role).ShouldBe($"Header.to.role is {role}; it is no role.");
    }

    private static V1.Report Report(int layer, long ticks) => new() { Generation = 1, Step = 1, Samples = 1, NonFiniteLayer = layer, ComputeTime = ticks, WaitTime = 0, ReadVersion = 1 };

    private static string RefusalOf(Action<V1.Header> spoil)
    {
        var header = Frames.Header();
        header.EndEarly = new V1.EndEarly();
        spoil(header);
        return Frames.Refusal(Frames.Around(header));
    }

    private static V1.Header HeaderOf(byte[] frame) =>
        V1.Header.Parser.ParseFrom(frame, Prologue.Size, Prologue.Read(frame, FrameLimits.Default).HeaderBytes);

    private static ReadOnlySpan<byte> PayloadOf(byte[] frame)
    {
        var prologue = Prologue.Read(frame, FrameLimits.Default);
        return frame.AsSpan(Prologue.Size + prologue.HeaderBytes, prologue.PayloadBytes);
    }

    /// <summary>Every integer in a message, with its field's name and a way to make it wrong.</summary>
    private static IEnumerable<(string Name, Action Spoil)> Integers(Google.Protobuf.IMessage message) =>
        message.Descriptor.Fields.InFieldNumberOrder().SelectMany(field => Integers(message, field));

    private static IEnumerable<(string Name, Action Spoil)> Integers(Google.Protobuf.IMessage message, FieldDescriptor field) =>
        field.Accessor.GetValue(message) switch
        {
            int => [(field.Name, () => field.Accessor.SetValue(message, -7))],
            long => [(field.Name, () => field.Accessor.SetValue(message, -7L))],
            Google.Protobuf.IMessage inner => Integers(inner),
            RepeatedField<int> numbers => numbers.Select<int, (string, Action)>((_, i) => (field.Name, () => numbers[i] = -7)),
            RepeatedField<long> numbers => numbers.Select<long, (string, Action)>((_, i) => (field.Name, () => numbers[i] = -7)),
            IEnumerable list => list.OfType<Google.Protobuf.IMessage>().SelectMany(Integers),
            _ => [],
        };
}
