using System.Collections.Concurrent;
using Akka.Actor;
using DistNet.Cluster.Tests;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>A control plane with its door, and nothing of a node above it.</summary>
internal sealed class PlaneHost : IAsyncDisposable
{
    private static readonly JoinToken Token = new("a secret");

    private readonly TemporaryFolder _folder = new();
    private readonly AkkaPlane _plane;
    private WebApplication? _door;

    private PlaneHost(string name, Role role, ClusterAddress address, ClusterAddress[] join, ConcurrentQueue<string> lines, int index)
    {
        Listener = new ToldListener(name, lines);
        Address = address;
        var node = Context(role, address, _folder.Path);
        node = node with { Options = node.Options with { Join = join, Index = index } };
        var settings = AkkaSettings.Of(new ControlOptions { Plane = ControlOptions.Akka, Failover = ControlOptions.Fast });
        _plane = role == Role.Coordinator ? new SeatPlane(node, settings) : new MemberPlane(node, settings);
    }

    public ClusterAddress Address { get; }

    public ToldListener Listener { get; }

    public IControlPlane Plane => _plane;

    /// <summary>The actor system of the moment.</summary>
    public ActorSystem System => _plane.System;

    public static async Task<PlaneHost> StartAsync(string name, Role role, ClusterAddress address, ClusterAddress[] join, ConcurrentQueue<string> lines, int index = -1)
    {
        var host = new PlaneHost(name, role, address, join, lines, index);
        host._door = await FakeDoor.ListenAsync(address, host._plane.Map);
        host._plane.Start(host.Listener);
        return host;
    }

    /// <summary>A node at that address, as its control plane knows it.</summary>
    public static ControlContext Context(Role role, ClusterAddress address, string folder)
    {
        var options = new NodeOptions { Role = role, Listen = address, Directory = folder, Token = Token };
        var card = new NodeCard(address.ToString(), "here", 1, ArithmeticProbe.Hash());
        return new ControlContext(options, card, address.Port, new Tls(TlsOptions.None), new LifeNumbers(TimeProvider.System), new TensorPool(), null, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _door!.DisposeAsync();
        _folder.Dispose();
    }
}
