using System.Net;
using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>A run on nodes that share nothing but sockets. The first is the coordinator's; its disk is as mortal as any.</summary>
internal sealed class SocketCluster : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("distnet-nodes-").FullName;
    private readonly TaskCompletionSource<string> _hash = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cutTaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _goOn;
    private readonly Dictionary<ActorId, SocketNode> _nodes = [];
    private readonly List<IDisposable> _owned = [];
    private readonly RunPlan _plan;
    private readonly DataSet _data;
    private long _nextIncarnation = 1;

    /// <param name="plan">The run.</param>
    /// <param name="data">Train and test part, on every worker's node.</param>
    /// <param name="workers">Workers.</param>
    /// <param name="waitsAtFirstCut">The coordinator waits there until a node is replaced, so that the run cannot end before.</param>
    public SocketCluster(RunPlan plan, DataSet data, int workers, bool waitsAtFirstCut = false)
    {
        _goOn = new ManualResetEventSlim(!waitsAtFirstCut);
        (_plan, _data) = (plan, data);
        ActorId[] all = [ActorId.Coordinator, .. Enumerable.Range(0, plan.Map.Partitions.Length).Select(ActorId.Server), .. Enumerable.Range(0, workers).Select(ActorId.Worker)];
        foreach (var actor in all)
        {
            _nodes[actor] = Create(actor);
        }

        foreach (var node in _nodes.Values)
        {
            node.Start();
            Introduce(node);
        }
    }

    /// <summary>Versions that generations began at.</summary>
    public List<long> Generations { get; } = [];

    /// <summary>The hash of the final weights.</summary>
    public Task<string> Hash => _hash.Task;

    public Task FirstCut => _cutTaken.Task;

    /// <summary>Kills a node and deletes its directory; another comes in its place.</summary>
    public void Replace(ActorId actor)
    {
        _goOn.Set();
        var dead = _nodes[actor];
        lock (_nodes)
        {
            _nodes.Remove(actor);
        }

        dead.Dispose();
        Directory.Delete(DirectoryOf(actor), recursive: true);
        var life = Create(actor);
        lock (_nodes)
        {
            _nodes[actor] = life;
        }

        foreach (var peer in _nodes.Values.Where(peer => peer != life))
        {
            peer.Hear(dead, isUp: false);
            peer.Hear(life, isUp: true);
        }

        life.Start();
        Introduce(life);
    }

    public void Dispose()
    {
        _goOn.Set();
        foreach (var node in _nodes.Values)
        {
            node.Dispose();
            node.Failure.ShouldBeNull();
        }

        _owned.ForEach(owned => owned.Dispose());
        _goOn.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private string DirectoryOf(ActorId actor) => Path.Combine(_root, actor.ToString());

    private SocketNode Create(ActorId id)
    {
        NetworkRunners? runners = null;
        if (id.Role == Role.Worker)
        {
            _owned.Add(runners = new NetworkRunners(_plan, _data, _data, workers: 1, threads: 1));
        }

        return new SocketNode(DirectoryOf(id), _nextIncarnation++, pool => ActorsOf(id, pool), runners is null ? null : runners.Create, WhereIs, Observe);
    }

    private IReadOnlyList<(ActorId Id, IActor Actor)> ActorsOf(ActorId id, TensorPool pool) => id.Role switch
    {
        Role.Server => [(id, new ParameterServerActor(id.Index, _plan, pool))],
        Role.Worker => [(id, new WorkerActor(id.Index, _plan, pool))],
        _ => [(id, new CoordinatorActor(_plan)), (ActorId.Sequencer, new SequencerActor(_plan))],
    };

    private void Introduce(SocketNode node)
    {
        foreach (var peer in _nodes.Values.Where(peer => peer != node))
        {
            node.Hear(peer, isUp: true);
        }
    }

    private EndPoint? WhereIs(ActorId actor)
    {
        lock (_nodes)
        {
            return _nodes.GetValueOrDefault(actor == ActorId.Sequencer ? ActorId.Coordinator : actor)?.EndPoint;
        }
    }

    private void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<GenerationOpened> opened:
                Generations.Add(opened.Message.Version);
                break;
            case Envelope<CutTaken> { Message.Version: > 0 }:
                _cutTaken.TrySetResult();
                _goOn.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue();
                break;
            case Envelope<RunCompleted> completed:
                _hash.TrySetResult(WeightsHash.Of(_plan.Map, completed.Message.Partitions));
                completed.Message.Partitions.ToList().ForEach(partition => partition.Release());
                break;
            case Envelope<RunFailed> failed:
                _hash.TrySetException(new InvalidOperationException(failed.Message.Reason));
                break;
        }
    }
}
