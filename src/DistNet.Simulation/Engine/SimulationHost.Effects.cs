using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>What the actors wish, carried out in virtual time: the wire, disks and timers.</summary>
public sealed partial class SimulationHost
{
    private void Happen(in SimulationEvent happening)
    {
        if (happening.Node is { } paused && paused.PausedUntil > _events.Now)
        {
            _events.Add(paused.PausedUntil, happening);
            return;
        }

        switch (happening.Kind)
        {
            case SimulationEventKind.Local:
                DeliverTo(happening.Node!, (Envelope)happening.Body!);
                break;
            case SimulationEventKind.Arrival:
                OnArrival(happening);
                break;
            case SimulationEventKind.Delivery:
                OnDelivery(happening);
                break;
            case SimulationEventKind.NetworkWork:
                OnNetworkWork(happening.Node!, happening.Number);
                break;
            case SimulationEventKind.CurvatureWork:
                OnCurvatureWork(happening.Node!, (CurvatureOrder)happening.Body!);
                break;
            case SimulationEventKind.Cancellation:
                Give(happening.Node!, happening.Actor, Input.WorkCancelled(_events.Now, (WorkOrder)happening.Body!));
                break;
            case SimulationEventKind.TensorWork:
                OnTensorWork(happening.Node!, happening.Actor, (TensorWork)happening.Body!);
                break;
            case SimulationEventKind.Timer:
                OnTimer(happening.Node!, happening.Actor, happening.Number);
                break;
            default:
                ((Action)happening.Body!)();
                break;
        }
    }

    private void CarryOut(SimulatedNode node, int actor, Outbox outbox)
    {
        for (var i = 0; i < outbox.Count; i++)
        {
            CarryOut(node, actor, outbox[i]);
        }

        outbox.Clear();
    }

    private void CarryOut(SimulatedNode node, int actor, in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Send(node, (Envelope)effect.Body!);
                break;
            case EffectKind.Observe:
                Observe((Envelope)effect.Body!);
                break;
            case EffectKind.StartWork:
                StartWork(node, actor, (WorkOrder)effect.Body!);
                break;
            case EffectKind.CancelWork:
                CancelWork(node, actor, (WorkOrder)effect.Body!);
                break;
            case EffectKind.Store:
                Store(node, actor, effect.Key, (DurableItem)effect.Body!);
                break;
            case EffectKind.Load:
                Load(node, actor, effect.Key);
                break;
            case EffectKind.Forget:
                _disks[node.Number].Forget(effect.Key);
                break;
            case EffectKind.SetTimer:
                SetTimer(node, actor, effect.Timer, _events.Now + effect.Delay);
                break;
            case EffectKind.ClearTimer:
                node.Timers.Clear(actor, effect.Timer);
                break;
        }
    }

    private void Send(SimulatedNode from, Envelope envelope)
    {
        var target = NodeOf(envelope.To);
        if (target == from)
        {
            _events.Add(_events.Now, new SimulationEvent(SimulationEventKind.Local, 0, from, envelope));
            return;
        }

        if (target is not null && _shared is not null)
        {
            Transmit(from, target, envelope);
            return;
        }

        if (target is not null && _plan is { } plan)
        {
            SendDisturbed(plan, from, target, envelope);
        }
        else if (target is not null)
        {
            Transmit(from, target, envelope.CopyTo(_wire));
            if (_lines.IsDuplicated(from.Number))
            {
                Transmit(from, target, envelope.CopyTo(_wire));
            }
        }

        Drop(envelope);
    }

    /// <summary>Puts a message on the wire; it reaches only the life it was sent to.</summary>
    private void Transmit(SimulatedNode from, SimulatedNode target, Envelope envelope, TimeSpan later = default)
    {
        // What only observes takes no line, no time and no draw from others: the run is what it would be without.
        var isFree = envelope is Envelope<Probe> or Envelope<Probed>;
        var kind = _lines.HasQueues && !isFree ? SimulationEventKind.Arrival : SimulationEventKind.Delivery;
        var at = isFree ? _events.Now : _lines.Send(from.Number, _lines.BytesOf(envelope), _events.Now);
        _events.Add(at + later, new SimulationEvent(kind, 0, target, envelope, _events.Now.Ticks));
    }

    private void OnArrival(in SimulationEvent arrival)
    {
        var at = _lines.Receive(arrival.Node!.Number, _lines.BytesOf((Envelope)arrival.Body!), _events.Now);
        _events.Add(at, arrival with { Kind = SimulationEventKind.Delivery });
    }

    private void OnDelivery(in SimulationEvent delivery)
    {
        var (node, envelope) = (delivery.Node!, (Envelope)delivery.Body!);
        Watcher?.OnDelivered(new TimeSpan(delivery.Number), _events.Now, envelope);
        if (_shared is not null)
        {
            DeliverTo(node, envelope);
            return;
        }

        if (node.IsAlive && !IsLost(node, envelope))
        {
            DeliverTo(node, envelope.CopyTo(node.Pool));
        }

        Drop(envelope);
    }

    private void DeliverTo(SimulatedNode node, Envelope envelope)
    {
        if (!node.IsAlive)
        {
            Drop(envelope);
            return;
        }

        Give(node, ClusterBlueprint.PlaceOf(envelope.To), Input.Message(_events.Now, envelope));
        envelope.Recycle();
    }

    private static void Drop(Envelope envelope)
    {
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    private void Store(SimulatedNode node, int actor, DurableKey key, DurableItem item)
    {
        var disk = _disks[node.Number];
        var token = disk.BeginWrite(key, item);
        Storing?.Invoke(node.Actors[actor], key, item);
        item.Release();

        var begin = node.DiskBusyUntil > _events.Now ? node.DiskBusyUntil : _events.Now;
        node.DiskBusyUntil = begin + _times.OfStore(node.Number);
        Call(node.DiskBusyUntil, () =>
        {
            if (node.IsAlive)
            {
                disk.EndWrite(token);
                Give(node, actor, Input.Stored(_events.Now, key, item));
            }
        }, node);
    }

    private void Load(SimulatedNode node, int actor, DurableKey key) => Call(_events.Now + _times.OfStore(node.Number), () =>
    {
        if (node.IsAlive)
        {
            Give(node, actor, Input.Loaded(_events.Now, key, _disks[node.Number].Read(key, node.Pool)));
        }
    }, node);

    private void SetTimer(SimulatedNode node, int actor, TimerKind timer, TimeSpan due)
    {
        if (node.Timers.Set(actor, timer, due, out var number))
        {
            _events.Add(due, new SimulationEvent(SimulationEventKind.Timer, actor, node, null, number));
        }
    }

    private void OnTimer(SimulatedNode node, int actor, long number)
    {
        if (node.Timers.IsDue(number, _events.Now, out var timer, out var again, out var next))
        {
            Give(node, actor, Input.TimerFired(_events.Now, timer));
        }
        else if (again is { } later)
        {
            _events.Add(later, new SimulationEvent(SimulationEventKind.Timer, actor, node, null, next));
        }
    }
}
