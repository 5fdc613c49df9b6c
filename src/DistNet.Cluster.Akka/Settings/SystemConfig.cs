using System.Globalization;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace DistNet.Cluster.Akka;

/// <summary>The configuration of an actor system, as HOCON.</summary>
internal static class SystemConfig
{
    /// <summary>What the coordinator's seat runs on: it may wait for a run's actors to end.</summary>
    public const string SeatDispatcher = "distnet.seat-dispatcher";

    /// <summary>Settings of a dispatcher on the pool of .NET, after its name.</summary>
    public const string OnThePool = " { type = Dispatcher, executor = default-executor, throughput = 50 }";

    /// <summary>Room for the longest message of a run with thousands of actors, or a million epochs; a larger run says what it needs.</summary>
    private const int FrameBytes = 32 << 20;

    /// <summary>
    /// All on the pool of .NET, in which nothing here waits or computes: that is done by threads of their own. Akka's own pools wake a thread for each
    /// message, which takes as much of a processor as the messages.
    /// </summary>
    private const string Common =
        """
        akka {
          loggers = ["DistNet.Cluster.Akka.NodeLogger, DistNet.Cluster.Akka"]
          loglevel = WARNING
          stdout-loglevel = OFF
          stdout-logger-class = "DistNet.Cluster.Akka.SilentLogger, DistNet.Cluster.Akka"
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor {
            default-dispatcher.executor = default-executor
            internal-dispatcher.executor = default-executor
          }
          remote {
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 500 ms
            default-remote-dispatcher.executor = default-executor
          }
          coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }
          # The receptionist lets clients reach the coordinator and nothing else.
          cluster.client.receptionist.role = coordinator
          cluster.client { establishing-get-contacts-interval = 500 ms, heartbeat-interval = 1 s, acceptable-heartbeat-pause = 4 s }
        }
        """ + "\n" + SeatDispatcher + OnThePool;

    /// <summary>A node's.</summary>
    /// <param name="settings">How patient it is.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="role">coordinator, server or worker.</param>
    public static Config OfNode(AkkaSettings settings, AkkaPlace place, string role) => settings.Hocon
        .WithFallback(ConfigurationFactory.ParseString(Cluster(settings, role)))
        .WithFallback(Of(place));

    /// <summary>A client's, which is no member of the cluster.</summary>
    public static Config OfClient(AkkaPlace place) => ConfigurationFactory.ParseString("akka.actor.provider = remote").WithFallback(Of(place));

    /// <summary>Of all that is used, from the start: others may send what needs it before it is used here.</summary>
    private static readonly Config Tools = DistributedPubSub.DefaultConfig().WithFallback(ClusterClientReceptionist.DefaultConfig()).WithFallback(ClusterSingletonManager.DefaultConfig());

    private static Config Of(AkkaPlace place) => ConfigurationFactory.ParseString(Transport(place))
        .WithFallback(ConfigurationFactory.ParseString(Common))
        .WithFallback(ConfigurationFactory.ParseString(AkkaRunner.Configuration))
        .WithFallback(ConfigurationFactory.ParseString(WireSerializer.Hocon))
        .WithFallback(Tools);

    private static string Transport(AkkaPlace place) => string.Create(CultureInfo.InvariantCulture, $$"""
        akka.remote.dot-netty.tcp {
          hostname = "{{place.Bind}}"
          port = {{place.BindPort}}
          public-hostname = "{{place.Public}}"
          public-port = {{place.PublicPort}}
          maximum-frame-size = {{FrameBytes}}b
          enable-ssl = {{(place.IsEncrypted ? "on" : "off")}}
          # Few and small messages: one thread each way, and nothing waits for others to travel with.
          batching.enabled = off
          server-socket-worker-pool { pool-size-min = 1, pool-size-factor = 1.0, pool-size-max = 1 }
          client-socket-worker-pool { pool-size-min = 1, pool-size-factor = 1.0, pool-size-max = 1 }
        }
        """);

    private static string Cluster(AkkaSettings settings, string role) => string.Create(CultureInfo.InvariantCulture, $$"""
        akka {
          actor.provider = cluster
          scheduler.tick-duration = {{Milliseconds(settings.Times.Tick)}}
          cluster {
            roles = ["{{role}}"]
            gossip-interval = {{Milliseconds(settings.Times.Gossip)}}
            leader-actions-interval = {{Milliseconds(settings.Times.Gossip)}}
            unreachable-nodes-reaper-interval = {{Milliseconds(settings.Times.Gossip / 2)}}
            periodic-tasks-initial-delay = {{Milliseconds(settings.Times.Gossip)}}
            retry-unsuccessful-join-after = 1 s
            seed-node-timeout = 2 s
            shutdown-after-unsuccessful-join-seed-nodes = 15 s
            allow-weakly-up-members = 1 s
            failure-detector {
              heartbeat-interval = {{Milliseconds(settings.Times.Heartbeat)}}
              acceptable-heartbeat-pause = {{Milliseconds(settings.Times.Pause)}}
              expected-response-after = {{Milliseconds(settings.Times.Heartbeat)}}
            }
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver { stable-after = {{Milliseconds(settings.Times.StableAfter)}}, {{settings.Resolver}} }
            # Two coordinators at once would do no harm: the servers of all partitions follow one.
            down-removal-margin = 200 ms
            singleton { hand-over-retry-interval = {{Milliseconds(settings.Times.Gossip)}}, min-number-of-hand-over-retries = 10 }
            singleton-proxy { singleton-identification-interval = 200 ms, buffer-size = 100 }
            pub-sub.gossip-interval = {{Milliseconds(settings.Times.Gossip)}}
          }
        }
        """);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds} ms");
}
