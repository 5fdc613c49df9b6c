using Akka.Serialization;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>
/// The bytes that Akka is given for two samples of each message. Where they change, nodes of the same protocol version no longer understand each other: raise
/// WireProtocol.Version, and let the file be written anew with DISTNET_ACCEPT_FRAMES=1.
/// </summary>
public sealed class GoldenMailTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Accept = "DISTNET_ACCEPT_FRAMES";

    private static readonly int[] Seeds = [2, 3];

    private readonly Serialization _serialization = shared.System.Serialization;

    private static string Committed => Path.Combine(Repository.Root, "tests/DistNet.Cluster.Akka.Tests/Messages/frames.txt");

    [Fact]
    public void Every_message_has_the_committed_bytes()
    {
        var lines = Samples.Plain.SelectMany(message => Seeds.Select(seed => LineOf(Samples.Mail(message, seed)))).ToArray();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllLines(Committed, lines);
        }

        lines.ShouldBe(File.ReadAllLines(Committed));
    }

    [Fact]
    public void The_committed_bytes_are_understood()
    {
        var committed = File.ReadAllLines(Committed).Select(line => line.Split(' ')).ToArray();
        committed.Length.ShouldBe(Samples.Plain.Count * Seeds.Length);
        for (var i = 0; i < committed.Length; i++)
        {
            var mail = (Mail)_serialization.Deserialize(Convert.FromHexString(committed[i][1]), WireSerializer.Number, committed[i][0]);
            Bits.Of(mail.Envelope).ShouldBe(Bits.Of(Samples.Mail(Samples.Plain[i / Seeds.Length], Seeds[i % Seeds.Length]).Envelope), committed[i][0]);
        }
    }

    private string LineOf(Mail mail)
    {
        var serializer = (SerializerWithStringManifest)_serialization.FindSerializerFor(mail);
        return $"{serializer.Manifest(mail)} {Convert.ToHexString(serializer.ToBinary(mail))}";
    }
}
