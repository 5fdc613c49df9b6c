using System.Net;
using System.Net.Sockets;

namespace DistNet.Cluster.Tests;

public sealed class NodeClientsTests
{
    [Fact]
    public async Task A_node_that_takes_the_connection_and_stays_silent_is_not_waited_for_for_ever()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = new NodeClients(new Tls(TlsOptions.None), null).For(new ClusterAddress("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port));

        var failure = await Should.ThrowAsync<HttpRequestException>(
            () => NodeClients.GetAsync(client, ApiPaths.RunInitial, default, TimeSpan.FromMilliseconds(50)));

        failure.Message.ShouldEndWith($"did not give {ApiPaths.RunInitial} in time");
    }
}
