using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Nodes that come and go.</summary>
public sealed partial class SimulationHost
{
    private void Start(NodeName name)
    {
        var node = _blueprint.Build(name, _nextIncarnation++, _shared);
        _nodes[node.Number] = node;
        for (var actor = 0; actor < node.Actors.Length; actor++)
        {
            var record = node.Actors[actor].Role is Role.Coordinator or Role.Server ? _disks[node.Number].Read(DurableKey.Record, node.Pool) : null;
            Give(node, actor, Input.Started(_events.Now, node.Incarnation, record));
        }

        foreach (var peer in PeersOf(node))
        {
            TellPeer(node, peer, isUp: true);
            TellPeer(peer, node, isUp: true);
        }
    }

    private void Crash(Kill kill)
    {
        var number = _blueprint.NumberOf(new ActorId(kill.Node.Role, kill.Node.Index));
        if (number >= 0 && _nodes[number] is { IsAlive: true } node && _summary is null)
        {
            Crash(node, kill.Downtime);
        }
    }

    /// <param name="node">A living node.</param>
    /// <param name="downtime">When it is there again; null: never.</param>
    private void Crash(SimulatedNode node, TimeSpan? downtime)
    {
        Bury(node);
        HarmDisk(node.Number);
        if (downtime is { } time)
        {
            Restart(node.Name, _events.Now + time);
        }
    }

    private void Bury(SimulatedNode node)
    {
        node.Kill();
        node.Dispose();
        foreach (var peer in PeersOf(node))
        {
            TellPeer(peer, node, isUp: false);
        }
    }

    private void HarmDisk(int number)
    {
        _disks[number].Crash(_tears, _options.TearProbability);
        if (_faults.Chance(_options.LoseDiskProbability))
        {
            _disks[number].Dispose();
            _disks[number] = new SimulatedDisk();
        }
        else if (_faults.Chance(_options.SpoilProbability))
        {
            _disks[number].Spoil();
        }
    }

    /// <summary>Living nodes that a node has a connection with: workers have none with each other, and hear nothing of each other.</summary>
    private IEnumerable<SimulatedNode> PeersOf(SimulatedNode node)
    {
        foreach (var peer in _nodes)
        {
            if (peer is { IsAlive: true } && peer != node && !(peer.Name.Role == Role.Worker && node.Name.Role == Role.Worker))
            {
                yield return peer;
            }
        }
    }

    private void TellPeer(SimulatedNode told, SimulatedNode about, bool isUp)
    {
        var at = _events.Now + _faults.Time(_options.Detection);
        if (told.LastPeerNews.TryGetValue(about.Name, out var last) && last > at)
        {
            at = last;
        }

        told.LastPeerNews[about.Name] = at;
        Call(at, () =>
        {
            for (var actor = 0; actor < told.Actors.Length; actor++)
            {
                foreach (var peer in about.Actors)
                {
                    Give(told, actor, isUp
                        ? Input.PeerUp(_events.Now, peer, about.Incarnation)
                        : Input.PeerDown(_events.Now, peer, about.Incarnation));
                }
            }
        }, told);
    }
}
