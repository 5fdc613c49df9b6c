using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

public sealed class ClusterAddressTests
{
    [Theory]
    [InlineData("10.0.0.5:7070", "10.0.0.5", 7070)]
    [InlineData("alpha:1", "alpha", 1)]
    [InlineData("alpha.example.org:65535", "alpha.example.org", 65535)]
    [InlineData("127.0.0.1:0", "127.0.0.1", 0)]
    [InlineData("[::1]:7070", "::1", 7070)]
    [InlineData("[fe80::2]:7070", "fe80::2", 7070)]
    public void It_is_a_host_and_a_port_and_is_written_as_it_was_read(string text, string host, int port)
    {
        var address = ClusterAddress.Parse(text, "--join");

        address.ShouldBe(new ClusterAddress(host, port));
        address.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alpha")]
    [InlineData(":7070")]
    [InlineData("alpha:")]
    [InlineData("alpha:65536")]
    [InlineData("alpha:-1")]
    [InlineData("alpha:+1")]
    [InlineData("alpha:7070 ")]
    [InlineData("al pha:7070")]
    [InlineData("http://alpha:7070")]
    public void Anything_else_is_refused_by_the_options_name(string text)
    {
        ClusterAddress.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<UsageException>(() => ClusterAddress.Parse(text, "--join")).Message.ShouldContain("--join");
    }

    [Theory]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("127.1.2.3:1", true)]
    [InlineData("localhost:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("0.0.0.0:1", false)]
    [InlineData("10.0.0.5:1", false)]
    [InlineData("alpha:1", false)]
    public void Loopback_is_known(string text, bool isLoopback) => ClusterAddress.Parse(text, "--join").IsLoopback.ShouldBe(isLoopback);
}
