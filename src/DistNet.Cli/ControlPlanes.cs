using DistNet.Cluster;
using DistNet.Hosting;
#if AKKA
using DistNet.Cluster.Akka;
#endif

namespace DistNet.Cli;

/// <summary>The control planes that are in this build: the one place that knows of the build's switch.</summary>
internal static class ControlPlanes
{
    /// <summary>How a build with the Akka plane is made.</summary>
    public const string HowToGetAkka = "from the source: dotnet build DistNet.sln -c Release -p:Akka=true";

#if AKKA
    /// <summary>Version of Akka.NET in this build; null: it has none.</summary>
    public static string? AkkaVersion => AkkaPackages.Version;

    /// <summary>What a node finds others by.</summary>
    /// <exception cref="UsageException">The settings are not right, or this build does not have that plane.</exception>
    public static IControlEngine EngineFor(ControlOptions options) => options.IsAkka ? AkkaEngine.Create(options) : BuiltInEngine.Instance;

    /// <summary>How a client finds the coordinator.</summary>
    /// <exception cref="UsageException">This build does not have that plane.</exception>
    public static IClusterContact ContactFor(ControlOptions options, IReadOnlyList<ClusterAddress> nodes, TlsOptions tls, JoinToken token) =>
        options.IsAkka ? new AkkaContact(nodes, tls, token) : new KnownAddresses(nodes);
#else
    /// <summary>Version of Akka.NET in this build; null: it has none.</summary>
    public static string? AkkaVersion => null;

    /// <summary>What a node finds others by.</summary>
    /// <exception cref="UsageException">This build does not have that plane.</exception>
    public static IControlEngine EngineFor(ControlOptions options) => options.IsAkka ? throw NotHere() : BuiltInEngine.Instance;

    /// <summary>How a client finds the coordinator.</summary>
    /// <exception cref="UsageException">This build does not have that plane.</exception>
    public static IClusterContact ContactFor(ControlOptions options, IReadOnlyList<ClusterAddress> nodes, TlsOptions tls, JoinToken token) =>
        options.IsAkka ? throw NotHere() : new KnownAddresses(nodes);

    private static UsageException NotHere() => new($"{ControlOptions.Option} {ControlOptions.Akka}: this build is without the Akka control plane; it is to be had {HowToGetAkka}");
#endif
}
