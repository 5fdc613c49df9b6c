using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Serialization;
using DistNet.Protocol;
using DistNet.Wire;
using AkkaClient = Akka.Cluster.Tools.Client.ClusterClient;

namespace DistNet.Cluster.Akka.Tests;

public sealed class WireSerializerTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const int Seeds = 50;

    /// <summary>Akka's number of its JSON serializer.</summary>
    private const int Json = 1;

    private readonly Serialization _serialization = shared.System.Serialization;

    public static TheoryData<Type> Plain => [.. Samples.Plain];

    public static TheoryData<Type> WithTensor => [.. Draw.Messages.Except(Samples.Plain)];

    [Fact]
    public void Every_message_of_the_contract_is_tried() =>
        Samples.Plain.Select(type => type.Name).ShouldBe(WireMessages.WithoutTensor, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Plain))]
    public void A_message_comes_back_bit_for_bit(Type message)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var mail = Samples.Mail(message, seed);
            var (bytes, id, manifest) = Serialized(mail);

            (id, manifest).ShouldBe((WireSerializer.Number, message.Name));
            bytes.ShouldBe(FrameBytes.Of(mail.Envelope));
            BitsOf(_serialization.Deserialize(bytes, id, manifest)).ShouldBe(BitsOf(mail), $"seed {seed}");
        }
    }

    /// <summary>What Akka puts around it to publish it, to send it from outside, and to send it to a path.</summary>
    [Theory]
    [MemberData(nameof(Plain))]
    public void A_message_comes_back_out_of_whatever_it_was_wrapped_in(Type message)
    {
        var mail = Samples.Mail(message, 2);
        object[] wrapped =
        [
            new Publish("topic", mail), new Send("/user/x", mail), new SendToAll("/user/x", mail),
            new AkkaClient.Send("/user/x", mail), new AkkaClient.SendToAll("/user/x", mail), new AkkaClient.Publish("topic", mail),
            new ActorSelectionMessage(mail, [new SelectChildName("user")]),
        ];

        foreach (var one in wrapped)
        {
            var (bytes, id, manifest) = Serialized(one);
            dynamic back = _serialization.Deserialize(bytes, id, manifest);
            BitsOf((object)back.Message).ShouldBe(BitsOf(mail), one.GetType().ToString());
        }
    }

    [Theory]
    [MemberData(nameof(WithTensor))]
    public void A_tensor_is_refused_by_both_sides(Type message)
    {
        using var pool = new TensorPool(recycle: false);
        var mail = new Mail(new Draw(1, pool).Envelope(message));
        var frame = FrameBytes.Of(mail.Envelope);

        Should.Throw<SerializationException>(() => Serialized(mail)).Message.ShouldBe($"{message.Name} has a tensor; tensors go over the data plane and never through Akka.");
        Refusal(frame, message.Name).ShouldBe($"{message.Name} came through Akka; it has a tensor, and those go over the data plane.");
        Refusal(frame, nameof(Beat)).ShouldContain("the limit is 0");
        mail.Envelope.Tensor.Release();
    }

    [Fact]
    public void Damaged_bytes_are_refused_in_one_clear_line()
    {
        var (bytes, _, manifest) = Serialized(Samples.Mail(typeof(Peers), 4));
        for (var at = 0; at < bytes.Length; at++)
        {
            var altered = bytes.ToArray();
            altered[at] ^= 0xFF;
            Refusal(altered, manifest).ShouldStartWith("Bad frame of Peers: ");
            Refusal(bytes[..at], manifest).ShouldStartWith("Bad frame of Peers: ");
        }

        Refusal([.. bytes, 0], manifest).ShouldBe($"Bad frame of Peers: A frame has {bytes.Length + 1} bytes, but its prologue says {bytes.Length}.");
    }

    [Theory]
    [InlineData("Nothing")]
    [InlineData("")]
    [InlineData("DistNet.Protocol.Beat, DistNet.Protocol")]
    [InlineData(nameof(CutTaken))]
    public void A_manifest_that_is_no_message_is_refused(string manifest) =>
        Refusal(Serialized(Samples.Mail(typeof(Beat), 1)).Bytes, manifest)
            .ShouldBe($"'{manifest}' is no message of version {WireProtocol.Version} of the protocol; run the same version of distnet everywhere.");

    [Fact]
    public void A_manifest_of_another_message_is_refused() =>
        Refusal(Serialized(Samples.Mail(typeof(Beat), 1)).Bytes, nameof(Leave)).ShouldBe("The manifest says Leave, but the frame is that of Beat.");

    [Fact]
    public void What_does_not_travel_is_refused() => Should.Throw<SerializationException>(() => Serialized(Mail.Of(ActorId.Coordinator, 1, ActorId.Coordinator, new CutTaken(1))))
        .Message.ShouldEndWith("does not travel.");

    [Fact]
    public void Many_threads_serialize_at_a_time() => Parallel.For(1, 2000, seed =>
    {
        var mail = Samples.Mail(Samples.Plain[seed % Samples.Plain.Count], seed);
        var (bytes, id, manifest) = Serialized(mail);
        BitsOf(_serialization.Deserialize(bytes, id, manifest)).ShouldBe(BitsOf(mail), $"seed {seed}");
    });

    [Fact]
    public void Nothing_of_ours_is_written_as_JSON_and_nothing_is_read_as_JSON()
    {
        _serialization.FindSerializerFor(Samples.Mail(typeof(Beat), 1)).ShouldBeOfType<WireSerializer>();
        object[] others = [new Beat(1, false), Samples.Mail(typeof(Beat), 1).Envelope, new NodeCard("a", "b", 1, "c"), new Uri("http://127.0.0.1"), new List<int>()];
        foreach (var other in others)
        {
            Should.Throw<SerializationException>(() => Serialized(other)).Message.ShouldStartWith($"{other.GetType()} has no serializer;");
        }

        Should.Throw<SerializationException>(() => _serialization.Deserialize("{\"$type\":\"System.Uri, System\"}"u8.ToArray(), Json, "System.Uri"))
            .Message.ShouldContain("Cannot find serializer with id [1]");
        shared.System.Settings.Config.GetConfig("akka.actor.serializers").AsEnumerable().Select(pair => pair.Value.GetString())
            .ShouldAllBe(name => !name.Contains("Newtonsoft", StringComparison.OrdinalIgnoreCase) && !name.Contains("Hyperion", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_log_shows_no_token() =>
        new Mail(Envelope<Hello>.Rent(ActorId.Worker(3), 0, ActorId.Coordinator, new Hello(1, ConnectionKind.Control, "secret", Role.Worker, 3, 0, new NodeCard("h:1", "m", 7, "ab"))))
            .ToString().ShouldBe("Hello from worker-3 to coordinator");

    private (byte[] Bytes, int Id, string Manifest) Serialized(object message)
    {
        var serializer = _serialization.FindSerializerFor(message);
        return (serializer.ToBinary(message), serializer.Identifier, Serialization.ManifestFor(serializer, message));
    }

    private string Refusal(byte[] bytes, string manifest) =>
        Should.Throw<SerializationException>(() => _serialization.Deserialize(bytes, WireSerializer.Number, manifest)).Message;

    private static string BitsOf(object mail) => Bits.Of(((Mail)mail).Envelope);
}
