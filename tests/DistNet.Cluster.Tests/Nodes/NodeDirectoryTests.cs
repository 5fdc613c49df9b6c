using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

public sealed class NodeDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void One_that_a_node_has_is_refused_to_others_until_it_ends()
    {
        var path = _folder.In("node");
        using (NodeDirectory.Claim(path))
        {
            Should.Throw<UsageException>(() => NodeDirectory.Claim(path)).Message.ShouldContain("another node uses");
        }

        using var again = NodeDirectory.Claim(path);
        again.Path.ShouldBe(path);
    }

    [Fact]
    public void Nodes_without_a_wish_get_the_first_that_is_free()
    {
        var path = _folder.In("worker");
        using var first = NodeDirectory.ClaimFree(path);
        var second = NodeDirectory.ClaimFree(path);
        using var third = NodeDirectory.ClaimFree(path);

        new[] { first.Path, second.Path, third.Path }.ShouldBe([path, path + "-2", path + "-3"]);
        second.Dispose();
        using var next = NodeDirectory.ClaimFree(path);
        next.Path.ShouldBe(path + "-2");
    }

    [Fact]
    public void One_that_cannot_be_made_is_the_users_mistake()
    {
        var file = _folder.In("file");
        File.WriteAllText(file, "");

        Should.Throw<UsageException>(() => NodeDirectory.Claim(Path.Combine(file, "node"))).Message.ShouldContain("--dir");
    }

    public void Dispose() => _folder.Dispose();
}
