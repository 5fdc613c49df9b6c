using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DistNet.Cluster;
using DistNet.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cli.Tests;

public sealed class HealthCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task A_coordinator_is_alive_and_ready()
    {
        await using var node = await StartAsync(Role.Coordinator);

        (await HealthAsync(node)).ShouldBe((0, "alive\n"));
        (await HealthAsync(node, "--for", "alive")).ShouldBe((0, "alive\n"));
        (await HealthAsync(node, "--for", "ready")).ShouldBe((0, "ready\n"));
    }

    [Fact]
    public async Task A_worker_without_a_coordinator_is_alive_and_not_ready()
    {
        await using var node = await StartAsync(Role.Worker, new ClusterAddress("127.0.0.1", FreePort()));

        (await HealthAsync(node)).ShouldBe((0, "alive\n"));
        (await HealthAsync(node, "--for", "ready")).ShouldBe((1, "not part of a cluster yet\n"));
    }

    [Fact]
    public async Task A_node_behind_TLS_is_asked_with_its_authority()
    {
        var (certificate, key) = WriteCertificate();
        await using var node = await StartAsync(Role.Coordinator, tls: new TlsOptions(certificate, key, certificate));

        (await HealthAsync(node, "--tls-ca", certificate)).ShouldBe((0, "alive\n"));
        (await HealthAsync(node)).Code.ShouldBe(4);
    }

    [Fact]
    public async Task Nobody_there_is_one_clear_line_and_exits_4()
    {
        var runner = new CommandRunner();
        var port = FreePort();

        (await runner.RunAsync("health", "--node", $"127.0.0.1:{port}")).ShouldBe(4);

        runner.ErrorLines.Single().ShouldStartWith($"distnet: no node answers at 127.0.0.1:{port}: ");
        runner.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--node nowhere", "distnet: --node: 'nowhere' is not host:port, such as 10.0.0.5:7070")]
    [InlineData("--for life", "distnet: --for: 'life' is not one of alive, ready")]
    [InlineData("--tls-ca nothing.pem", "distnet: --tls-ca: ")]
    public async Task Wrong_usage_is_one_clear_line_and_exits_2(string line, string expected)
    {
        var runner = new CommandRunner();

        (await runner.RunAsync(["health", .. line.Split(' ')])).ShouldBe(2);

        runner.ErrorLines.Single().ShouldStartWith(expected);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Out)> HealthAsync(Node node, params string[] options)
    {
        var runner = new CommandRunner();
        return (await runner.RunAsync(["health", "--node", node.Address.ToString(), .. options]), runner.Out);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<Node> StartAsync(Role role, ClusterAddress? join = null, TlsOptions? tls = null)
    {
        var options = new NodeOptions
        {
            Role = role,
            Join = join is { } to ? [to] : [],
            Listen = new ClusterAddress("127.0.0.1", 0),
            Directory = Path.Combine(_folder, "node"),
            Token = JoinToken.Generate(),
            Tls = tls ?? TlsOptions.None,
        };
        return Node.StartAsync(options, new LogBuffer(TimeProvider.System), NullLogger.Instance);
    }

    /// <summary>One for this machine that is its own authority.</summary>
    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var paths = (Path.Combine(_folder, "node.pem"), Path.Combine(_folder, "node.key"));
        File.WriteAllText(paths.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(paths.Item2, key.ExportPkcs8PrivateKeyPem());
        return paths;
    }
}
