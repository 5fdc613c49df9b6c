using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DistNet.Cluster.Tests;

/// <summary>An authority and the certificates it gives, as PEM files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _folder;
    private readonly string _name;
    private readonly X509Certificate2 _certificate;

    /// <param name="folder">Where the files go.</param>
    /// <param name="name">How they begin.</param>
    public TestAuthority(string folder, string name)
    {
        _folder = folder;
        _name = name;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        CertificatePath = Write("ca.pem", _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string CertificatePath { get; }

    public X509Certificate2 Certificate => _certificate;

    /// <summary>A certificate for this machine's loopback address.</summary>
    public TlsOptions Issue()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_certificate, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return new TlsOptions(Write("node.pem", issued.ExportCertificatePem()), Write("node.key", key.ExportPkcs8PrivateKeyPem()), CertificatePath);
    }

    public void Dispose() => _certificate.Dispose();

    private string Write(string file, string text)
    {
        var path = Path.Combine(_folder, $"{_name}-{file}");
        File.WriteAllText(path, text);
        return path;
    }
}
