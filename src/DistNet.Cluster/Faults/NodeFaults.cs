using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// The faults of a plan that a node brings about itself: slow work, and what happens to the frames that it sends. Where there is no plan
/// there is no such object, and whoever would ask it does not. Many threads.
/// </summary>
internal sealed class NodeFaults : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    private readonly FaultPlan _plan;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly FaultClock _clock;
    private readonly FrameFates _fates;
    private readonly Dictionary<(ActorId Peer, ConnectionKind Plane), (ActorId Self, FrameConnection Connection)> _connections = [];
    private readonly ITimer _looking;
    private readonly HashSet<int> _slowed = [];
    private volatile string? _run;
    private long _version;
    private ActorId? _self;

    /// <param name="plan">Of the whole cluster.</param>
    /// <param name="directory">The node's own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Hears of each fault.</param>
    public NodeFaults(FaultPlan plan, string directory, TimeProvider time, ILogger log)
    {
        _plan = plan;
        _log = log;
        _clock = new FaultClock(plan, directory, time);
        _fates = new FrameFates(plan, log);
        _looking = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>This node has that name.</summary>
    public void Begin(ActorId self)
    {
        lock (_lock)
        {
            _self = self;
        }
    }

    /// <summary>A message of a run passes here: it says that the run has begun, and how far it is.</summary>
    public void Saw(string run, Envelope envelope)
    {
        var version = envelope switch
        {
            Envelope<Parameters> parameters => parameters.Message.Version,
            Envelope<Applied> applied => applied.Message.Version,
            Envelope<Apply> apply => apply.Message.Version,
            _ => -1,
        };
        if (version >= 0 && (run != _run || version > Volatile.Read(ref _version)))
        {
            GoOn(run, version);
        }
    }

    /// <summary>Takes the writing side of a connection over, if the plan has something for it.</summary>
    public void Disturb(FrameConnection connection, ConnectionKind plane, ActorId self, ActorId peer)
    {
        if (!Concerns(self, peer))
        {
            return;
        }

        connection.Disturb($"faults to {peer}", bytes => FateOf(self, peer, bytes));
        lock (_lock)
        {
            _connections[(peer, plane)] = (self, connection);
            CutAll();
        }
    }

    /// <summary>Whether frames between two nodes may come to harm.</summary>
    public bool Concerns(ActorId one, ActorId other) =>
        _plan.Faults.OfType<LinkFault>().Any(fault => fault.Concerns(one, other) || fault.Concerns(other, one));

    /// <summary>
    /// Whether this node is to have no connection with another now. One end of a partition is enough: with two, the other end might hear of the
    /// step at which it begins only after it is over, and begin it again.
    /// </summary>
    public bool Separates(ActorId self, ActorId peer)
    {
        lock (_lock)
        {
            return _clock.Active<PartitionFault>().Any(active => active.Fault.Concerns(self, peer));
        }
    }

    /// <exception cref="IOException">This node is to have no connection with the other now.</exception>
    public void RequireWay(ActorId self, ActorId peer)
    {
        if (Separates(self, peer))
        {
            throw new IOException($"the plan of faults separates {self} and {peer}");
        }
    }

    /// <summary>How many times as long a worker's work takes now.</summary>
    public double FactorOf(ActorId worker)
    {
        lock (_lock)
        {
            var factor = 1.0;
            foreach (var (place, fault) in _clock.Active<SlowFault>().Where(active => active.Fault.Nodes.Contains(worker)))
            {
                factor *= fault.Factor;
                if (_slowed.Add(place))
                {
                    _log.WorkStretched(place, worker, fault.Factor);
                }
            }

            return factor;
        }
    }

    public void Dispose() => _looking.Dispose();

    private void GoOn(string run, long version)
    {
        lock (_lock)
        {
            if (_clock.Saw(run, version))
            {
                _fates.Clear();
                _slowed.Clear();
                _run = run;
            }

            Volatile.Write(ref _version, version);
            Look();
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            var (beginning, ending) = _clock.Look();
            foreach (var place in beginning.Where(IsOurs))
            {
                _log.FaultBegins(place, _plan.Faults[place]);
            }

            CutAll();
            foreach (var place in ending.Where(IsOurs))
            {
                _log.FaultEnds(place, _plan.Faults[place]);
            }
        }
    }

    /// <summary>Processes are killed and stopped from outside.</summary>
    private bool IsOurs(int place) => _self is { } self && _plan.Faults[place] switch
    {
        SlowFault slow => slow.Nodes.Contains(self),
        LinkFault link => link.From.Contains(self),
        _ => false,
    };

    private void CutAll()
    {
        foreach (var (place, fault) in _clock.Active<PartitionFault>())
        {
            foreach (var (key, (self, connection)) in _connections.Where(pair => fault.Concerns(pair.Value.Self, pair.Key.Peer)).ToArray())
            {
                _log.LinkCut(place, key.Plane, key.Peer);
                connection.Dispose();
                _connections.Remove(key);
            }
        }
    }

    private FrameFate FateOf(ActorId self, ActorId peer, int bytes)
    {
        lock (_lock)
        {
            return _fates.Next(_clock.Active<LinkFault>(), self, peer, bytes);
        }
    }
}
