using System.Net;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Both planes and HTTP in TLS, with certificates of an authority on both sides.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Hidden = [32], Epochs = 10, Lanes = 4, Workers = 2, Servers = 2, Seed = 7 };

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority;

    public TlsTests() => _authority = new TestAuthority(_folder.Path, "ours");

    [Fact]
    public async Task A_run_has_the_bits_of_one_without()
    {
        await using var cluster = await StartAsync(servers: 2, workers: 2);

        var result = await (await cluster.BeginAsync(Options, sendsData: true)).ResultAsync();

        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Options)).WeightsSha256);
        using var client = cluster.Connect();
        (await client.LogAsync("worker-1", default)).ShouldContain("joined");
    }

    [Fact]
    public async Task Whoever_comes_without_a_certificate_is_refused_and_gets_health()
    {
        await using var cluster = await StartAsync(servers: 0, workers: 1);
        var bare = new Tls(new TlsOptions(null, null, _authority.CertificatePath));
        using var client = new ClusterClient(cluster.Address, bare, cluster.Token);

        await Should.ThrowAsync<ClusterUnreachableException>(() => client.StatusAsync(default));
        foreach (var kind in new[] { ConnectionKind.Control, ConnectionKind.Data })
        {
            (await Should.ThrowAsync<RefusedException>(() => OpenAsync(cluster, bare, kind))).Message.ShouldContain("without a certificate");
        }

        using var handler = new SocketsHttpHandler { SslOptions = bare.ClientOptionsOrNone("127.0.0.1")! };
        using var http = new HttpClient(handler) { BaseAddress = new Uri($"https://{cluster.Address}") };
        (await http.GetStringAsync(ApiPaths.Health)).ShouldBe("""{"alive":true,"ready":true}""");
        (await http.GetAsync(ApiPaths.Status)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_comes_without_TLS_or_with_a_strangers_certificate_gets_nothing()
    {
        await using var cluster = await StartAsync(servers: 0, workers: 0);
        using var strangers = new TestAuthority(_folder.Path, "strange");
        var strange = new Tls(strangers.Issue() with { AuthorityPath = _authority.CertificatePath });
        foreach (var tls in new[] { new Tls(TlsOptions.None), strange })
        {
            using var client = new ClusterClient(cluster.Address, tls, cluster.Token);
            await Should.ThrowAsync<ClusterUnreachableException>(() => client.StatusAsync(default));
            await Should.ThrowAsync<IOException>(() => OpenAsync(cluster, tls, ConnectionKind.Control));
        }

        await cluster.AddAsync(Role.Worker);
        await cluster.GatherAsync(servers: 0, workers: 1);
    }

    [Fact]
    public async Task A_node_does_not_join_a_coordinator_of_another_authority()
    {
        await using var cluster = await StartAsync(servers: 0, workers: 0);
        using var strangers = new TestAuthority(_folder.Path, "strange");

        await Should.ThrowAsync<IOException>(() => OpenAsync(cluster, new Tls(strangers.Issue()), ConnectionKind.Control));
    }

    [Fact]
    public void What_is_wrong_with_the_files_is_said_by_the_options_name()
    {
        var good = _authority.Issue();
        var empty = _folder.In("empty.pem");
        File.WriteAllText(empty, "");

        Problem(good with { KeyPath = null }).ShouldContain("--tls-key");
        Problem(good with { CertificatePath = null }).ShouldContain("--tls-cert");
        Problem(good with { CertificatePath = _folder.In("none.pem") }).ShouldContain("--tls-cert");
        Problem(good with { KeyPath = empty }).ShouldContain("--tls-cert");
        Problem(good with { AuthorityPath = empty }).ShouldContain("--tls-ca");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private static string Problem(TlsOptions options) => Should.Throw<UsageException>(() => new Tls(options)).Message;

    private static Task OpenAsync(TestCluster cluster, Tls tls, ConnectionKind kind) =>
        FrameConnection.OpenAsync(cluster.Address, tls, Hellos.Of(cluster, kind, life: 1), new TensorPool(), FrameLimits.Default, default);

    private Task<TestCluster> StartAsync(int servers, int workers)
    {
        var tls = _authority.Issue();
        return TestCluster.StartAsync(servers, workers, options => options with { Tls = tls });
    }
}
