using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>What the actors wish, carried out in virtual time: the wire, work, disks and timers.</summary>
public sealed partial class SimulationHost
{
    private void CarryOut(SimulatedNode node, ActorId actor, Outbox outbox)
    {
        for (var i = 0; i < outbox.Count; i++)
        {
            CarryOut(node, actor, outbox[i]);
        }

        outbox.Clear();
    }

    private void CarryOut(SimulatedNode node, ActorId actor, Effect effect)
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
                Work(node, actor, (WorkOrder)effect.Body!);
                break;
            case EffectKind.CancelWork:
                ((WorkOrder)effect.Body!).Cancelled.Set();
                break;
            case EffectKind.Store:
                Store(node, actor, effect.Key, (DurableItem)effect.Body!);
                break;
            case EffectKind.Load:
                Load(node, actor, effect.Key);
                break;
            case EffectKind.Forget:
                _disks[node.Name].Forget(effect.Key);
                break;
            case EffectKind.SetTimer:
                SetTimer(node, actor, effect.Timer, effect.Delay);
                break;
            case EffectKind.ClearTimer:
                node.Timers.Remove((actor, effect.Timer));
                break;
        }
    }

    private void Send(SimulatedNode from, Envelope envelope)
    {
        var target = NodeOf(envelope.To);
        if (target == from)
        {
            _events.Add(_events.Now, () => DeliverTo(from, envelope));
            return;
        }

        if (target is not null)
        {
            Transmit(envelope, target.Incarnation);
            if (_network.Chance(_options.DuplicateProbability))
            {
                Transmit(envelope, target.Incarnation);
            }
        }

        Drop(envelope);
    }

    /// <summary>Puts a copy on the wire; it reaches only the life it was sent to.</summary>
    private void Transmit(Envelope envelope, long incarnation)
    {
        var copy = envelope.CopyTo(_wire);
        var delay = _options.DelayMin + _network.Exponential(_options.DelayMean);
        _events.Add(_events.Now + delay, () => Deliver(copy, incarnation));
    }

    private void Deliver(Envelope envelope, long incarnation)
    {
        var node = NodeOf(envelope.To);
        if (node is not null && node.Incarnation == incarnation)
        {
            DeliverTo(node, envelope.CopyTo(node.Pool));
        }

        Drop(envelope);
    }

    private void DeliverTo(SimulatedNode node, Envelope envelope)
    {
        Give(node, envelope.To, Input.Message(_events.Now, envelope));
        envelope.Recycle();
    }

    private static void Drop(Envelope envelope)
    {
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    private void Work(SimulatedNode node, ActorId actor, WorkOrder order)
    {
        if (order is TensorWork work)
        {
            Work(node, actor, work);
        }
        else
        {
            Work(node, actor, (NetworkWork)order);
        }
    }

    /// <summary>Done when its time is over, not before: nobody may count on the results earlier.</summary>
    private void Work(SimulatedNode node, ActorId actor, TensorWork work) =>
        _events.Add(_events.Now + _compute.Exponential(_options.TensorWorkMean), () =>
        {
            if (node.IsAlive)
            {
                work.Execute();
                Give(node, actor, Input.WorkDone(_events.Now, work));
            }
        });

    private void Work(SimulatedNode node, ActorId actor, NetworkWork order)
    {
        var parts = new YieldList();
        node.Runner!.Run(order, parts);
        var time = _compute.Exponential(_options.WorkMean) * (_options.SlowWorkers.Contains(node.Name) ? _options.SlowFactor : 1);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            _events.Add(_events.Now + (time * ((i + 1.0) / (parts.Count + 1))), () => Yield(node, actor, order, part));
        }

        _events.Add(_events.Now + time, () => Give(
            node,
            actor,
            order.Cancelled.IsSet ? Input.WorkCancelled(_events.Now, order) : Input.WorkDone(_events.Now, order)));
    }

    private void Yield(SimulatedNode node, ActorId actor, NetworkWork order, int part)
    {
        if (!order.Cancelled.IsSet)
        {
            Give(node, actor, Input.WorkYielded(_events.Now, order, part));
        }
    }

    private void Store(SimulatedNode node, ActorId actor, DurableKey key, DurableItem item)
    {
        var disk = _disks[node.Name];
        var token = disk.BeginWrite(key, item);
        item.Release();

        var begin = node.DiskBusyUntil > _events.Now ? node.DiskBusyUntil : _events.Now;
        node.DiskBusyUntil = begin + _disk.Exponential(_options.StoreMean);
        _events.Add(node.DiskBusyUntil, () =>
        {
            if (node.IsAlive)
            {
                disk.EndWrite(token);
                Give(node, actor, Input.Stored(_events.Now, key, item));
            }
        });
    }

    private void Load(SimulatedNode node, ActorId actor, DurableKey key) =>
        _events.Add(_events.Now + _disk.Exponential(_options.StoreMean), () =>
        {
            if (node.IsAlive)
            {
                Give(node, actor, Input.Loaded(_events.Now, key, _disks[node.Name].Read(key, node.Pool)));
            }
        });

    private void SetTimer(SimulatedNode node, ActorId actor, TimerKind timer, TimeSpan delay)
    {
        var number = ++_nextTimer;
        node.Timers[(actor, timer)] = number;
        _events.Add(_events.Now + delay, () =>
        {
            if (node.Timers.GetValueOrDefault((actor, timer)) == number)
            {
                node.Timers.Remove((actor, timer));
                Give(node, actor, Input.TimerFired(_events.Now, timer));
            }
        });
    }

    private sealed class YieldList : List<int>, IWorkSink
    {
        public void OnYielded(NetworkWork order, int part) => Add(part);
    }
}
