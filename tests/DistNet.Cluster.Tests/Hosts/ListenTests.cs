using System.Net;
using System.Net.Sockets;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>Nodes that listen on all addresses of their machine.</summary>
public sealed class ListenTests : IDisposable
{
    private static readonly JoinToken Token = new("a secret");

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [SkippableFact]
    public async Task One_that_listens_on_all_addresses_of_IPv6_is_reached_over_both()
    {
        Skip.IfNot(HasIPv6(), "no IPv6 here");
        await using var node = await StartAsync(Role.Coordinator, "[::]:0");
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            var health = await NodeHealth.AliveAsync(new ClusterAddress(address.ToString(), node.Address.Port), new Tls(TlsOptions.None), default);
            health.ShouldBe(new NodeHealth(true, "alive"));
        }
    }

    [Fact]
    public async Task A_member_advertises_the_address_that_reaches_the_coordinator()
    {
        await using var coordinator = await StartAsync(Role.Coordinator, "127.0.0.1:0");
        await using var worker = await StartAsync(Role.Worker, "0.0.0.0:0", coordinator.Address);

        worker.Address.Host.ShouldBe("127.0.0.1");
        worker.Address.Port.ShouldNotBe(0);
    }

    /// <summary>Such as one behind a published port, whose own name nobody else can resolve.</summary>
    [Fact]
    public async Task A_coordinator_is_reached_where_it_was_joined_whatever_it_believes_its_address_to_be()
    {
        await using var coordinator = await StartAsync(Role.Coordinator, "127.0.0.1:0", advertise: "nowhere.invalid");
        var reached = new ClusterAddress("127.0.0.1", coordinator.Address.Port);
        await using var server = await StartAsync(Role.Server, "127.0.0.1:0", reached);
        await using var worker = await StartAsync(Role.Worker, "127.0.0.1:0", reached);
        using var client = new ClusterClient(reached, new Tls(TlsOptions.None), Token);
        await ClusterSession.GatherAsync(client, workers: 1, servers: 1, TimeSpan.FromSeconds(30), default);

        await client.BeginAsync(new TrainingOptions { Epochs = 2, Hidden = [4], Workers = 1 }, sendsData: false, giveUpAfter: null, default);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        (await client.FollowAsync(Unwatched.Instance, deadline.Token)).Epochs.ShouldBe(2);
    }

    [Fact]
    public async Task An_address_that_another_listens_on_is_wrong_usage()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        (await Should.ThrowAsync<UsageException>(() => StartAsync(Role.Coordinator, other.LocalEndpoint.ToString()!)))
            .Message.ShouldStartWith($"--listen: cannot listen on {other.LocalEndpoint}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool HasIPv6()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Task<Node> StartAsync(Role role, string listen, ClusterAddress? join = null, string? advertise = null)
    {
        var options = new NodeOptions
        {
            Role = role,
            Join = join is { } to ? [to] : [],
            Listen = ClusterAddress.Parse(listen, "--listen"),
            Advertise = advertise,
            Directory = Path.Combine(_folder, role.ToString()),
            Token = Token,
            Threads = 1,
        };
        return Node.StartAsync(options, new LogBuffer(TimeProvider.System), NullLogger.Instance);
    }
}
