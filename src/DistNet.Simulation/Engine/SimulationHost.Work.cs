using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Work in virtual time. Done when its time is over, not before: nobody may count on the results earlier.</summary>
public sealed partial class SimulationHost
{
    private void StartWork(SimulatedNode node, int actor, WorkOrder order)
    {
        if (order is TensorWork work)
        {
            var at = _events.Now + _times.OfServerWork(node.Number);
            _events.Add(at, new SimulationEvent(SimulationEventKind.TensorWork, actor, node, work));
            return;
        }

        if (order is CurvatureOrder)
        {
            _events.Add(_events.Now, new SimulationEvent(SimulationEventKind.CurvatureWork, actor, node, order));
            return;
        }

        var gradient = order as GradientOrder;
        var time = _times.Of(node.Name.Index, (NetworkWork)order, gradient is null ? 1 : LanesOf(gradient));
        time = _plan is null ? time : time * _plan.FactorOf(node.Name);
        node.Work.Begin((NetworkWork)order, _events.Now, time, gradient is null ? 0 : _blueprint.Plan.Layout.Bands.Length);
        ContinueWork(node);
    }

    private void OnTensorWork(SimulatedNode node, int actor, TensorWork work)
    {
        if (node.IsAlive)
        {
            work.Execute();
            Give(node, actor, Input.WorkDone(_events.Now, work));
        }
    }

    /// <summary>Beside the worker's units, and in no time: whoever looks at a run must not make it another one.</summary>
    private void OnCurvatureWork(SimulatedNode node, CurvatureOrder order)
    {
        if (!node.IsAlive)
        {
            return;
        }

        if (order.Cancelled.IsSet)
        {
            Give(node, 0, Input.WorkCancelled(_events.Now, order));
            return;
        }

        node.Beside.Compute(order, node.Runner!);
        while (node.Beside.TryYield(out var part))
        {
            Give(node, 0, Input.WorkYielded(_events.Now, order, part));
        }

        Give(node, 0, Input.WorkDone(_events.Now, order));
    }

    private void ContinueWork(SimulatedNode node) =>
        _events.Add(node.Work.NextAt, new SimulationEvent(SimulationEventKind.NetworkWork, 0, node, null, node.Work.Number));

    private void OnNetworkWork(SimulatedNode node, long number)
    {
        var work = node.Work;
        if (!node.IsAlive || work.Number != number)
        {
            return;
        }

        work.Compute(node.Runner!);
        if (work.TryYield(out var part))
        {
            Give(node, 0, Input.WorkYielded(_events.Now, work.Order!, part));
        }

        // What it was given may have made the worker cancel it.
        if (work.Number == number && (work.HasMore || work.NextAt > _events.Now))
        {
            ContinueWork(node);
        }
        else if (work.Number == number)
        {
            EndWork(node, cancelled: false);
        }
    }

    /// <summary>Cancelling is immediate; the answer is an input of its own.</summary>
    private void CancelWork(SimulatedNode node, int actor, WorkOrder order)
    {
        // An order for the curvature is answered when its turn comes.
        order.Cancelled.Set();
        if (ReferenceEquals(node.Work.Order, order))
        {
            EndWork(node, cancelled: true);
        }
    }

    private void EndWork(SimulatedNode node, bool cancelled)
    {
        var (order, started) = (node.Work.Order!, node.Work.StartedAt);
        node.Work.End();
        Watcher?.OnWorked(node.Name.Index, order, started, _events.Now, cancelled);
        if (cancelled)
        {
            _events.Add(_events.Now, new SimulationEvent(SimulationEventKind.Cancellation, 0, node, order));
        }
        else
        {
            Give(node, 0, Input.WorkDone(_events.Now, order));
        }
    }

    private int LanesOf(GradientOrder order)
    {
        var lanes = 0;
        foreach (var node in order.Nodes)
        {
            lanes += Math.Min(node.End, _blueprint.Plan.Lanes) - node.First;
        }

        return lanes;
    }
}
