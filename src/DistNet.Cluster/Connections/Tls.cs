using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Where certificates are. Mutual when an authority is given.</summary>
/// <param name="CertificatePath">PEM file of this node's certificate; null: it has none, and listens without TLS.</param>
/// <param name="KeyPath">PEM file of its key.</param>
/// <param name="AuthorityPath">PEM file of the authority that others' certificates must come from; null: the system's.</param>
public sealed record TlsOptions(string? CertificatePath, string? KeyPath, string? AuthorityPath)
{
    public static readonly TlsOptions None = new(null, null, null);

    public bool IsOn => CertificatePath is not null || AuthorityPath is not null;
}

/// <summary>Wraps connections in TLS 1.2 or 1.3 as the options say, or leaves them plain.</summary>
public sealed class Tls
{
    private readonly X509Certificate2? _own;
    private readonly X509Certificate2Collection? _authorities;
    private readonly SslStreamCertificateContext? _context;
    private readonly bool _isOn;

    /// <exception cref="UsageException">A file is missing or is not what it should be; the message names the option.</exception>
    public Tls(TlsOptions options)
    {
        _isOn = options.IsOn;
        RequirePair(options);
        _own = options.CertificatePath is { } path ? Explain("--tls-cert", () => Load(path, options.KeyPath!)) : null;
        _authorities = options.AuthorityPath is { } authority ? Explain("--tls-ca", () => LoadAll(authority)) : null;
        _context = _own is null ? null : SslStreamCertificateContext.Create(_own, _authorities, offline: true);
    }

    /// <summary>True when listeners are encrypted.</summary>
    public bool Listens => _own is not null;

    /// <summary>This node's own certificate; null: it has none.</summary>
    internal X509Certificate2? Own => _own;

    public bool IsMutual => _authorities is not null;

    /// <summary>The stream to use on a connection that was accepted, and whether the peer has shown what it must.</summary>
    /// <exception cref="AuthenticationException">No handshake, or a certificate that is not accepted.</exception>
    public async Task<(Stream Stream, bool IsTrusted)> AcceptAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_context is null)
        {
            return (stream, true);
        }

        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _context,
                ClientCertificateRequired = IsMutual,

                // Health checks come without a certificate; whoever wants more is asked for it.
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || IsFromAuthority(certificate),
            },
            cancellationToken).ConfigureAwait(false);
        return (tls, !IsMutual || tls.RemoteCertificate is not null);
    }

    /// <summary>The stream to use on a connection that was opened here.</summary>
    /// <exception cref="AuthenticationException">No handshake, or a certificate that is not accepted.</exception>
    public async Task<Stream> ConnectAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        if (!_isOn)
        {
            return stream;
        }

        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(ClientOptions(host), cancellationToken).ConfigureAwait(false);
        return tls;
    }

    /// <summary>For a client that has its own way to connect; null: plain.</summary>
    public SslClientAuthenticationOptions? ClientOptionsOrNone(string host) => _isOn ? ClientOptions(host) : null;

    private static void RequirePair(TlsOptions options)
    {
        if (options.CertificatePath is null != options.KeyPath is null)
        {
            throw new UsageException("--tls-cert and --tls-key: give both or neither");
        }
    }

    private static X509Certificate2 Load(string certificate, string key)
    {
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);

        // Some platforms refuse keys that live in memory only.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2Collection LoadAll(string path)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        return all.Count > 0 ? all : throw new CryptographicException("it holds no certificate");
    }

    private static T Explain<T>(string option, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    private SslClientAuthenticationOptions ClientOptions(string host) => new()
    {
        TargetHost = host,
        ClientCertificateContext = _context,
        CertificateChainPolicy = _authorities is null ? null : PolicyOf(_authorities),
    };

    internal bool IsFromAuthority(X509Certificate certificate)
    {
        using var chain = new X509Chain { ChainPolicy = PolicyOf(_authorities!) };
        return chain.Build(certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
