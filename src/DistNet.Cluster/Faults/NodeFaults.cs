using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// The faults of a plan that a node brings about itself: slow work, and what happens to the frames that it sends. Where there is no plan
/// there is no such object, and what would ask it does not. Many threads.
/// </summary>
internal sealed class NodeFaults : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    private readonly FaultPlan _plan;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly Dictionary<(ActorId Peer, ConnectionKind Plane), (ActorId Self, FrameConnection Connection)> _connections = [];
    private readonly Dictionary<(int Fault, ActorId From, ActorId To), FrameLottery> _lotteries = [];
    private readonly HashSet<(int Fault, ActorId To)> _told = [];
    private readonly HashSet<int> _over = [];
    private readonly ITimer _looking;
    private FaultSchedule? _schedule;
    private volatile string? _run;
    private DateTimeOffset _began;
    private long _version;

    /// <param name="plan">Of the whole cluster.</param>
    /// <param name="directory">The node's own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Hears of each fault.</param>
    public NodeFaults(FaultPlan plan, string directory, TimeProvider time, ILogger log)
    {
        _plan = plan;
        _directory = directory;
        _time = time;
        _log = log;
        _looking = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
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

    /// <summary>Whether two nodes cannot reach each other now.</summary>
    public bool Separates(ActorId one, ActorId other)
    {
        lock (_lock)
        {
            return Active<PartitionFault>().Any(active => active.Fault.Separates(one, other));
        }
    }

    /// <exception cref="IOException">Two nodes cannot reach each other now.</exception>
    public void RequireWay(ActorId one, ActorId other)
    {
        if (Separates(one, other))
        {
            throw new IOException($"the plan of faults separates {one} and {other}");
        }
    }

    /// <summary>How many times as long a worker's work takes now.</summary>
    public double FactorOf(ActorId worker)
    {
        lock (_lock)
        {
            return Active<SlowFault>().Where(active => active.Fault.Nodes.Contains(worker)).Aggregate(1.0, (product, active) =>
            {
                if (_told.Add((active.Place, worker)))
                {
                    _log.WorkStretched(active.Place, worker, active.Fault.Factor);
                }

                return product * active.Fault.Factor;
            });
        }
    }

    public void Dispose() => _looking.Dispose();

    private TimeSpan Now => _time.GetUtcNow() - _began;

    private IEnumerable<(int Place, T Fault)> Active<T>()
        where T : Fault
    {
        var now = Now;
        return _schedule is not { } schedule
            ? []
            : _plan.Faults.Select((fault, place) => (place, fault)).Where(pair => pair.fault is T && schedule.IsActive(pair.place, now))
                .Select(pair => (pair.place, (T)pair.fault));
    }

    private void GoOn(string run, long version)
    {
        lock (_lock)
        {
            if (run != _run)
            {
                Begin(run);
            }

            Volatile.Write(ref _version, Math.Max(_version, version));
        }

        Look();
    }

    private void Begin(string run)
    {
        var journal = FaultJournal.Read(_directory, run);
        _began = journal?.Began ?? _time.GetUtcNow();
        _schedule = new FaultSchedule(_plan, journal?.Begun);
        _lotteries.Clear();
        _told.Clear();
        _over.Clear();
        _version = 0;
        _run = run;
        Write();
    }

    private void Write() => new FaultJournal(_run!, _began, _schedule!.Begun).Write(_directory);

    private void Look()
    {
        lock (_lock)
        {
            if (_schedule is not { } schedule)
            {
                return;
            }

            var beginning = schedule.Advance(Now, _version);
            if (beginning.Count > 0)
            {
                Write();
                CutAll();
            }

            Tell(beginning, schedule);
        }
    }

    private void Tell(IReadOnlyList<int> beginning, FaultSchedule schedule)
    {
        foreach (var place in beginning.Where(IsOurs))
        {
            _log.FaultBegins(place, _plan.Faults[place]);
        }

        foreach (var place in schedule.Begun.Keys.Where(place => IsOurs(place) && !schedule.IsActive(place, Now) && _over.Add(place)))
        {
            _log.FaultEnds(place, _plan.Faults[place]);
        }
    }

    /// <summary>Processes are killed and stopped from outside.</summary>
    private bool IsOurs(int place) => _plan.Faults[place] is LinkFault or SlowFault;

    private void CutAll()
    {
        foreach (var (place, fault) in Active<PartitionFault>())
        {
            foreach (var (key, (self, connection)) in _connections.Where(pair => fault.Separates(pair.Value.Self, pair.Key.Peer)).ToArray())
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
            return Active<LinkFault>().Where(active => active.Fault.Concerns(self, peer))
                .Aggregate(FrameFate.Untouched, (fate, active) => With(fate, active.Place, active.Fault, self, peer, bytes));
        }
    }

    private FrameFate With(FrameFate fate, int place, LinkFault fault, ActorId self, ActorId peer, int bytes)
    {
        if (fault is DelayFault delay)
        {
            if (_told.Add((place, peer)))
            {
                _log.FrameDelayed(place, bytes, peer);
            }

            return fate with { By = fate.By + delay.By };
        }

        return fault is FrameFault && LotteryOf(place, self, peer) is var lottery && lottery.Draw() ? Hit(fate, place, fault, lottery.Bits, peer, bytes) : fate;
    }

    private FrameLottery LotteryOf(int place, ActorId self, ActorId peer)
    {
        if (!_lotteries.TryGetValue((place, self, peer), out var lottery))
        {
            _lotteries[(place, self, peer)] = lottery = new FrameLottery(_plan, place, self, peer);
        }

        return lottery;
    }

    private FrameFate Hit(FrameFate fate, int place, LinkFault fault, ulong bits, ActorId peer, int bytes)
    {
        switch (fault)
        {
            case DropFault:
                _log.FrameDropped(place, peer);
                return fate with { IsDropped = true };
            case CorruptFault:
                var index = Wire.FrameBytes.ByteToDamage(bits, bytes);
                _log.FrameDamaged(place, index, bytes, peer);
                return fate with { DamagedByte = index };
            default:
                if (_told.Add((place, peer)))
                {
                    _log.FrameRepeated(place, bytes, peer);
                }

                return fate with { IsRepeated = true };
        }
    }
}
