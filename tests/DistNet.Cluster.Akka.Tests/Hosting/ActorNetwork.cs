using System.Collections.Concurrent;
using DistNet.Actors;
using DistNet.Cluster.Tests;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>A run whose actors are hosted one by one, and handed each other's messages; they share a pool, so tensors stay where they are.</summary>
internal sealed class ActorNetwork : IRemoteActors, IDisposable
{
    public const int Rows = 600;
    public const int Features = 40;

    public static readonly RunPlan Plan = new(
        new NetworkSpec(Features, [new DenseSpec(60, Activation.Relu), new DenseSpec(3, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(Rows, batchSize: 10, lanes: 4, seed: 5, shuffle: true),
        lanes: 4,
        servers: 1)
    {
        Seed = 5,
        Initializer = InitializerKind.He,
        Optimizer = new OptimizerSpec(OptimizerKind.Adam),
        LearningRate = new LearningRateSpec(0.001f),
        Epochs = 3,
    };

    private readonly TaskCompletionSource<string> _hash = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TensorPool _pool = new();
    private readonly NodeParts _parts;
    private readonly Dictionary<ActorId, HostedActor> _hosted = [];
    private bool _isDisposed;

    public ActorNetwork(IActorRunner runner, DataSet data, int workers)
    {
        _parts = BareParts.Of(_pool, runner, Failures.Enqueue);
        ActorId[] all = [ActorId.Coordinator, ActorId.Server(0), .. Enumerable.Range(0, workers).Select(ActorId.Worker)];
        foreach (var actor in all)
        {
            var hosted = Create(actor, data);
            hosted.Addresses.ToList().ForEach(address => _hosted[address] = hosted);
        }

        var peers = all.Select(actor => new Peer(actor, 1, actor, 1, "127.0.0.1:1")).ToDictionary(peer => peer.Actor);
        Array.ForEach(all, actor => _hosted[actor].Start());
        Array.ForEach(all, actor => _hosted[actor].Meet(peers));
    }

    /// <summary>The hash of the final weights.</summary>
    public Task<string> Hash => _hash.Task;

    public int TensorsOutstanding => _pool.Outstanding;

    public ConcurrentQueue<Exception> Failures { get; } = [];

    public void Send(Envelope envelope) => _hosted[envelope.To].Deliver(envelope);

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _hosted.Values.Distinct().ToList().ForEach(hosted => hosted.Dispose());
            _pool.Dispose();
        }
    }

    private HostedActor Create(ActorId actor, DataSet data)
    {
        var runners = actor.Role == Role.Worker ? new NetworkRunners(Plan, data, null, workers: 1, threads: 1) : null;
        var options = new ActorHostOptions(runners is null ? 0 : 1, actor.Role == Role.Coordinator ? 0 : 1, team => runners!.Create(team), Observe, this);
        var host = new ActorHost(options, new ForgetfulStorage(), _pool, _parts.Runner.Time);
        var order = new RunOrder("run", 1, "{}", Data: null!, SendsData: false, GiveUpAfter: null);
        return new HostedActor(new Posting(actor, 1), order, ActorsOf(actor), (host, runners), _parts);
    }

    private IReadOnlyList<(ActorId Id, IActor Actor)> ActorsOf(ActorId actor) => actor.Role switch
    {
        Role.Server => [(actor, new ParameterServerActor(actor.Index, Plan, _pool))],
        Role.Worker => [(actor, new WorkerActor(actor.Index, Plan, _pool))],
        _ => [(actor, new CoordinatorActor(Plan)), (ActorId.Sequencer, new SequencerActor(Plan))],
    };

    private void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<RunCompleted> completed:
                var hash = WeightsHash.Of(Plan.Map, completed.Message.Partitions);
                completed.Message.Partitions.ToList().ForEach(partition => partition.Release());
                _hash.TrySetResult(hash);
                break;
            case Envelope<RunFailed> failed:
                _hash.TrySetException(new InvalidOperationException(failed.Message.Reason));
                break;
        }
    }
}
