using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using DistNet.Protocol;
using DistNet.Wire;
using AkkaClient = Akka.Cluster.Tools.Client.ClusterClient;
using AkkaCluster = Akka.Cluster.Cluster;
using AkkaError = Akka.Event.Error;
using AkkaTestKit = Akka.TestKit.Xunit2.TestKit;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>
/// Two systems with real sockets between them: whatever Akka puts around a message, the longest one that the budget allows for arrives in a frame that the budget
/// asks for, and Akka's own messages need no JSON.
/// </summary>
public sealed class RemoteMailTests : AkkaTestKit
{
    private const string Topic = "all";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly RunSize Size = new(Nodes: 40, Lanes: 64, Partitions: 8, OrderBytes: 4000);

    private readonly ActorSystem _other;

    public RemoteMailTests()
        : base(TestSystem.Config(FrameSize(FrameBudget.Needed(Size))), "distnet")
    {
        _other = ActorSystem.Create("distnet", TestSystem.Config(FrameSize(FrameBudget.Needed(Size))));
        var cluster = AkkaCluster.Get(Sys);
        cluster.Join(cluster.SelfAddress);
        AkkaCluster.Get(_other).Join(cluster.SelfAddress);
    }

    private Address Here => AkkaCluster.Get(Sys).SelfAddress;

    /// <summary>The longest that may be in a frame.</summary>
    private static Mail Longest { get; } = Told((int)FrameBudget.Needed(Size) - FrameBudget.Overhead);

    [Fact]
    public async Task The_longest_message_arrives_at_an_actor_and_a_longer_one_is_refused_by_name()
    {
        var way = _other.ActorSelection($"{Here}{TestActor.Path.ToStringWithoutAddress()}");
        var log = CreateTestProbe(_other);
        _other.EventStream.Subscribe(log, typeof(AkkaError));

        way.Tell(Longest);
        (await ExpectMsgAsync<Mail>(Limit)).ShouldBeBitwise(Longest);

        way.Tell(Told((int)FrameBudget.Needed(Size) - FrameBudget.Overhead + 1));
        var refusal = (await log.ExpectMsgAsync<AkkaError>(Limit)).Cause!.Message;
        refusal.ShouldStartWith($"StatusTold has {FrameBudget.Needed(Size) - FrameBudget.Overhead + 1} bytes, but {FrameBudget.Setting} leaves room for ");

        way.Tell(Longest);
        (await ExpectMsgAsync<Mail>(Limit)).ShouldBeBitwise(Longest);
    }

    [Fact]
    public async Task The_longest_message_is_published()
    {
        DistributedPubSub.Get(Sys).Mediator.Tell(new Subscribe(Topic, TestActor), TestActor);
        await ExpectMsgAsync<SubscribeAck>(Limit);
        var publisher = DistributedPubSub.Get(_other).Mediator;

        // Who subscribes is gossiped; before it is known there, what is published goes nowhere.
        await AwaitAssertAsync(async () =>
        {
            publisher.Tell(new Publish(Topic, Longest));
            (await ExpectMsgAsync<Mail>(TimeSpan.FromMilliseconds(500))).ShouldBeBitwise(Longest);
        }, Limit);
    }

    [Fact]
    public async Task The_longest_message_comes_from_a_client_outside_and_goes_back()
    {
        ClusterClientReceptionist.Get(Sys).RegisterService(TestActor);
        using var outside = ActorSystem.Create("outside", TestSystem.Config(FrameSize(FrameBudget.Needed(Size)) + "\nakka.actor.provider = remote"));
        var settings = ClusterClientSettings.Create(outside).WithInitialContacts(ImmutableHashSet.Create(ActorPath.Parse($"{Here}/system/receptionist")));
        var client = outside.ActorOf(AkkaClient.Props(settings));
        var asker = CreateTestProbe(outside);

        client.Tell(new AkkaClient.Send(TestActor.Path.ToStringWithoutAddress(), Longest, localAffinity: true), asker);
        (await ExpectMsgAsync<Mail>(Limit)).ShouldBeBitwise(Longest);
        LastSender.Tell(Longest);
        (await asker.ExpectMsgAsync<Mail>(Limit)).ShouldBeBitwise(Longest);
        await outside.Terminate();
    }

    [Fact]
    public async Task A_singleton_is_found_by_its_proxy()
    {
        var only = Props.Create(() => new Echo());
        Sys.ActorOf(ClusterSingletonManager.Props(only, ClusterSingletonManagerSettings.Create(Sys)), "seat");
        var way = _other.ActorOf(ClusterSingletonProxy.Props("/user/seat", ClusterSingletonProxySettings.Create(_other)));
        var asker = CreateTestProbe(_other);

        way.Tell(Longest, asker);
        (await asker.ExpectMsgAsync<Mail>(Limit)).ShouldBeBitwise(Longest);
        asker.LastSender.Path.Address.ShouldBe(Here);
    }

    protected override void AfterAll()
    {
        Shutdown(_other);
        base.AfterAll();
    }

    private static string FrameSize(long bytes) => $"{FrameBudget.Setting} = {bytes}b";

    /// <summary>A message whose frame has exactly so many bytes.</summary>
    private static Mail Told(int bytes)
    {
        var text = bytes - 64;
        while (true)
        {
            var mail = Mail.Of(ActorId.Coordinator, 1, ActorId.Coordinator, new StatusTold("h:1", new string('x', text)));
            var missing = bytes - FrameBytes.Of(mail.Envelope).Length;
            if (missing == 0)
            {
                return mail;
            }

            text += missing;
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}

internal static class MailAssertions
{
    public static void ShouldBeBitwise(this Mail mail, Mail expected) => Bits.Of(mail.Envelope).ShouldBe(Bits.Of(expected.Envelope));
}
