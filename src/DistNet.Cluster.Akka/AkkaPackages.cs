using System.Reflection;
using Akka.Actor;

namespace DistNet.Cluster.Akka;

/// <summary>The packages that this build has its control plane from.</summary>
internal static class AkkaPackages
{
    /// <summary>Their version.</summary>
    public static string Version { get; } = typeof(ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
