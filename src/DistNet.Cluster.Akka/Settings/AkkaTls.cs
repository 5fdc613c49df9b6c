using Akka.Actor.Setup;
using DistNet.Hosting;
#if AKKA_MUTUAL_TLS
using Akka.Remote.Transport.DotNetty;
#endif

namespace DistNet.Cluster.Akka;

/// <summary>TLS of Akka.Remote, with the certificates of the data plane.</summary>
internal static class AkkaTls
{
    /// <summary>The first version of Akka.NET in which both sides show a certificate, and which lets us say from what authority it must come.</summary>
    private const string Needed = "1.5.55";

#if AKKA_MUTUAL_TLS
    /// <summary>What an actor system needs to speak TLS; empty: it does not.</summary>
    public static IEnumerable<Setup> SetupOf(TlsOptions options, Tls tls)
    {
        Require(options);
        if (tls.Own is { } certificate)
        {
            yield return new DotNettySslSetup(certificate, false, true, false, (shown, _, _, _, _) => shown is not null && tls.IsFromAuthority(shown));
        }
    }
#else
    /// <summary>What an actor system needs to speak TLS; empty: it does not.</summary>
    /// <exception cref="UsageException">This version of Akka.NET cannot.</exception>
    public static IEnumerable<Setup> SetupOf(TlsOptions options, Tls tls)
    {
        Require(options);
        return !tls.Listens ? [] : throw new UsageException($"--tls-cert: mutual TLS of the Akka control plane needs Akka.NET {Needed}; this build has {AkkaPackages.Version}. Build with a later one (-p:AkkaVersion=...), or give --control builtin");
    }
#endif

    /// <summary>Akka.Remote has no token: whoever reaches its port is let in unless it must show a certificate.</summary>
    private static void Require(TlsOptions options)
    {
        if (options.IsOn && (options.CertificatePath is null || options.AuthorityPath is null))
        {
            throw new UsageException("--tls-cert, --tls-key and --tls-ca: the Akka control plane needs all three, because both sides show a certificate");
        }
    }
}
