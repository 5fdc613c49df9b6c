using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Runs a whole cluster's actors in this process, until the run has completed or failed.</summary>
public sealed class InProcessHost : IDisposable
{
    // Nobody dies alone in one process, so everybody has one life.
    private const long Incarnation = 1;

    private readonly TensorPool _pool = new();
    private readonly IActorStorage _storage;
    private readonly ActorHost _host;

    /// <param name="plan">The run.</param>
    /// <param name="options">Workers, threads, and who hears of the run.</param>
    /// <param name="storage">Where actors keep things; disposed with the host.</param>
    /// <param name="time">The actors' clock.</param>
    public InProcessHost(RunPlan plan, ActorHostOptions options, IActorStorage storage, TimeProvider time)
    {
        _storage = storage;
        _host = new ActorHost(options with { Observe = envelope => Observe(envelope, options.Observe) }, storage, _pool, time);
        _host.Add(ActorId.Coordinator, new CoordinatorActor(plan), Incarnation);
        _host.Add(ActorId.Sequencer, new SequencerActor(plan), Incarnation);
        for (var i = 0; i < plan.Map.Partitions.Length; i++)
        {
            _host.Add(ActorId.Server(i), new ParameterServerActor(i, plan, _pool), Incarnation);
        }

        for (var i = 0; i < options.Workers; i++)
        {
            _host.Add(ActorId.Worker(i), new WorkerActor(i, plan, _pool), Incarnation);
        }
    }

    /// <summary>Tensors lent out; 0 when a run has ended and its partitions were released.</summary>
    public int TensorsOutstanding => _pool.Outstanding;

    /// <summary>Runs until the run has completed or failed, which the observer is told; throws what an actor or runner throws.</summary>
    /// <param name="endEarly">Asks the run to end soon, with a last cut.</param>
    public void Run(CancellationToken endEarly)
    {
        using var registration = endEarly.Register(
            () => _host.Deliver(Envelope<EndEarly>.Rent(ActorId.Coordinator, 0, ActorId.Coordinator, default)));
        _host.Run();
    }

    public void Dispose()
    {
        _host.Dispose();
        _storage.Dispose();
        _pool.Dispose();
    }

    /// <summary>A run that failed may have work under way; its tensors come back with the answer.</summary>
    private void Observe(Envelope envelope, Action<Envelope> observer)
    {
        observer(envelope);
        if (envelope is Envelope<RunCompleted> or Envelope<RunFailed>)
        {
            _host.End();
        }
    }
}
