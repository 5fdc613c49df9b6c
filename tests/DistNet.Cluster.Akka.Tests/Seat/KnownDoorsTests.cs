using DistNet.Cluster.Tests;

namespace DistNet.Cluster.Akka.Tests;

public sealed class KnownDoorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void They_are_known_in_the_nodes_next_life_too()
    {
        new KnownDoors(_folder.Path).Keep(["10.0.0.5:7070", "no address", "10.0.0.6:7070", "10.0.0.5:7070"]);

        new KnownDoors(_folder.Path).All.Select(door => door.ToString()).ShouldBe(["10.0.0.5:7070", "10.0.0.6:7070"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{ half a")]
    [InlineData("null")]
    public void Without_a_file_that_makes_sense_none_is_known(string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(_folder.In("akka-nodes.json"), text);
        }

        new KnownDoors(_folder.Path).All.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}
