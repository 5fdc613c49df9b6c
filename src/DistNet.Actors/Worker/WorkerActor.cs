using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Computes the gradients of the lanes it hosts and pushes them, chunk by chunk, to the servers that hold their partitions.
/// Knows nothing of the other workers. Does not compute itself: the host does, off the message loop.
/// </summary>
public sealed class WorkerActor : Member
{
    private readonly int _index;
    private readonly RunPlan _plan;
    private readonly TensorPool _pool;
    private readonly Assignment _assignment = new();
    private readonly Evaluations _evaluations = new();
    private readonly List<ParameterAssembly> _arriving = [];
    private readonly Stack<ParameterAssembly> _spareAssemblies = [];
    private readonly GradientOrder _gradientOrder;
    private readonly EvaluationOrder _evaluationOrder = new();
    private readonly CurvatureEstimate _curvature;
    private RulePhase _phase;
    private UnitSource _units;
    private NetworkWork? _busy;
    private long _busyGeneration;
    private TimeSpan _idleSince;
    private TimeSpan _waited;
    private bool _ended;

    public WorkerActor(int index, RunPlan plan, TensorPool pool)
    {
        _index = index;
        _plan = plan;
        _pool = pool;
        _gradientOrder = new GradientOrder(pool, plan.Layout.Bands.Length);
        _curvature = new CurvatureEstimate(plan, index, pool);
        _units = CreateUnits();
    }

    protected override void OnMessage(Envelope envelope, TimeSpan now, Outbox outbox)
    {
        switch (envelope)
        {
            case Envelope<Parameters> parameters:
                OnParameters(parameters.Message, outbox);
                break;
            case Envelope<Horizon> horizon when Enter(horizon.Message.Generation, outbox):
                _assignment.OnHorizon(horizon.Message.Version);
                break;
            case Envelope<Placement> placement when Enter(placement.Message.Generation, outbox):
                _assignment.OnPlacement(placement.Message, _index, _plan.Lanes);
                break;
            case Envelope<AssistWith> assist when Enter(assist.Message.Generation, outbox):
                _assignment.OnAssist(assist.Message);
                break;
            case Envelope<Evaluate> evaluate when Enter(evaluate.Message.Generation, outbox):
                _evaluations.Ask(evaluate.Message);
                break;
            case Envelope<Probe> probe:
                // Enters no generation: what only observes must not be what ends the work of the one before.
                _curvature.Ask(probe.Message.Generation);
                break;
            case Envelope<Stop> stop when Enter(stop.Message.Generation, outbox):
                _ended = true;
                LetGo(outbox);
                break;
        }

        StartNext(now, outbox);
    }

    protected override void OnWorkYielded(WorkOrder work, int part, Outbox outbox)
    {
        if (work is CurvatureOrder)
        {
            _curvature.OnBand(part);
        }
        else if (_busyGeneration == Generation)
        {
            var order = (GradientOrder)work;
            _units.OnBand(order, _plan.Layout.Bands[part], outbox);
            order.Release(part);
        }
    }

    protected override void OnWorkDone(WorkOrder work, TimeSpan now, Outbox outbox)
    {
        if (_busyGeneration == Generation && work is not CurvatureOrder)
        {
            Report(work, now, outbox);
        }

        Finish((NetworkWork)work, isDone: true, now, outbox);
    }

    protected override void OnWorkCancelled(WorkOrder work, TimeSpan now, Outbox outbox) =>
        Finish((NetworkWork)work, isDone: false, now, outbox);

    private void OnParameters(in Parameters part, Outbox outbox)
    {
        if (!Enter(part.Generation, outbox) || IsStale(Enter(part)))
        {
            part.Values.Release();
            return;
        }

        var assembly = AssemblyFor(part);
        assembly.Add(part, _plan.Map, _pool);
        if (!assembly.IsComplete)
        {
            return;
        }

        _arriving.Remove(assembly);
        if (_plan.IsBarrier(_phase) || assembly.ForEvaluation)
        {
            _evaluations.Offer(assembly.Key, assembly.Vector);
        }

        DiscardOlder(assembly);
        _curvature.Offer(assembly);
        _units.OnParameters(assembly);
        _spareAssemblies.Push(assembly);
        CancelIfObsolete(outbox);
    }

    /// <summary>A partition that is ahead may never send the rest of an older version.</summary>
    private void DiscardOlder(ParameterAssembly whole)
    {
        for (var i = _arriving.Count - 1; i >= 0; i--)
        {
            var other = _arriving[i];
            if (other.Version < whole.Version && other.ForEvaluation == whole.ForEvaluation && (_units.WantsNewestOnly || whole.ForEvaluation))
            {
                other.Discard();
                _arriving.RemoveAt(i);
            }
        }
    }

    private bool IsStale(in Parameters part) =>
        part.ForEvaluation ? part.Version <= _evaluations.Version : _units.IsStale(part);

    private ParameterAssembly AssemblyFor(in Parameters part)
    {
        foreach (var assembly in _arriving)
        {
            if (assembly.Matches(part))
            {
                return assembly;
            }
        }

        if (!_spareAssemblies.TryPop(out var started))
        {
            started = new ParameterAssembly(_plan.Map.Partitions.Length);
        }

        started.Begin(part);
        _arriving.Add(started);
        return started;
    }

    /// <summary>A rule begins with a generation; the first parameters say which.</summary>
    private ref readonly Parameters Enter(in Parameters part)
    {
        if (part.Phase != _phase)
        {
            _phase = part.Phase;
            _units.Reset();
            _units = CreateUnits();
        }

        return ref part;
    }

    private UnitSource CreateUnits() => _plan.Rules[_phase.Number] switch
    {
        BarrierRule { StepsPerUpdate: 1 } => new BatchUnits(_plan, _phase, _assignment),
        BarrierRule => new LocalRounds(_plan, _phase, _assignment, _pool),
        var rule => new SequencedUnits(_plan, () => new WorkerLife(_index, Incarnation), LaneWeights.Create(_plan, rule, _pool)),
    };

    /// <summary>
    /// False for an older generation, or one that has ended; a newer one is entered, and everything of the old one let go.
    /// </summary>
    private bool Enter(long generation, Outbox outbox)
    {
        if (generation > Generation)
        {
            Generation = generation;
            _ended = false;
            LetGo(outbox);
        }

        return generation == Generation && !_ended;
    }

    private void LetGo(Outbox outbox)
    {
        _units.Reset();
        _assignment.Reset();
        _evaluations.Reset();
        _curvature.Abandon(outbox);
        _arriving.ForEach(assembly => assembly.Discard());
        _arriving.Clear();
        if (_busy is not null)
        {
            outbox.CancelWork(_busy);
        }
    }

    private void CancelIfObsolete(Outbox outbox)
    {
        if (ReferenceEquals(_busy, _gradientOrder) && _units.IsObsolete(_gradientOrder))
        {
            outbox.CancelWork(_gradientOrder);
        }
    }

    private void StartNext(TimeSpan now, Outbox outbox)
    {
        if (_busy is null)
        {
            StartWork(now, outbox);
        }

        _curvature.StartNext(now, outbox);
    }

    private void StartWork(TimeSpan now, Outbox outbox)
    {
        if (_evaluations.TryNext(_evaluationOrder, now))
        {
            _busy = _evaluationOrder;
        }
        else if (_units.TryNext(_gradientOrder, now))
        {
            _busy = _gradientOrder;
        }
        else
        {
            return;
        }

        _busyGeneration = Generation;
        _waited = now - _idleSince;
        outbox.StartWork(_busy);
    }

    private void Report(WorkOrder work, TimeSpan now, Outbox outbox)
    {
        if (work is GradientOrder gradient)
        {
            var samples = 0;
            foreach (var result in gradient.Results)
            {
                samples += result.Samples;
            }

            outbox.Send(
                ActorId.Coordinator,
                new Report(Generation, gradient.Step, gradient.Version, samples, gradient.NonFiniteLayer, now - gradient.StartedAt, _waited));
        }
        else if (work is EvaluationOrder evaluation)
        {
            for (var i = 0; i < evaluation.Chunks.Count; i++)
            {
                var score = new Evaluated(Generation, evaluation.Version, evaluation.Chunks[i], evaluation.Scores[i]);
                outbox.Send(ActorId.Coordinator, score);
            }
        }
    }

    private void Finish(NetworkWork work, bool isDone, TimeSpan now, Outbox outbox)
    {
        if (work is CurvatureOrder)
        {
            _curvature.OnBack(isDone, outbox);
        }
        else
        {
            work.Parameters.Release();
            (work as GradientOrder)?.ReleaseAll();
            _busy = null;
            _idleSince = now;
        }

        StartNext(now, outbox);
    }
}
