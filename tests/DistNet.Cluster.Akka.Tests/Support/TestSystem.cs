using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Actor systems with our serializer and nothing else of ours.</summary>
internal static class TestSystem
{
    /// <param name="more">Settings that go before the others.</param>
    public static Config Config(string more = "") => ConfigurationFactory.ParseString(more)
        .WithFallback(ConfigurationFactory.ParseString(WireSerializer.Hocon))
        .WithFallback(ConfigurationFactory.ParseString(
            """
            akka {
              loglevel = ERROR
              stdout-loglevel = ERROR
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
              cluster.downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
              coordinated-shutdown { run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }
            }
            """))
        .WithFallback(DistributedPubSub.DefaultConfig())
        .WithFallback(ClusterClientReceptionist.DefaultConfig())
        .WithFallback(ClusterSingletonManager.DefaultConfig());

    /// <inheritdoc cref="Config"/>
    public static ExtendedActorSystem Start(string more = "") => (ExtendedActorSystem)ActorSystem.Create("distnet", Config(more));
}

/// <summary>One of them for all tests of a class.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    public ExtendedActorSystem System { get; } = TestSystem.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.Terminate();
}
