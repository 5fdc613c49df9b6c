using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>What members say of themselves: which actors they have brought along, which are ready, and what they cannot take part in.</summary>
internal sealed partial class Director
{
    /// <exception cref="WireException">It is none that could be gone on with.</exception>
    private static RunOrder OrderOf(in Enlist enlist)
    {
        try
        {
            var order = RunOrder.Parse(enlist.Order);
            order.Plan();
            return order;
        }
        catch (UsageException e)
        {
            throw new WireException(e.Message);
        }
    }

    private void OnEnlist(NodeLife from, in Enlist enlist)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(from.Name, out var member) || member.Node != from)
            {
                return;
            }

            var order = enlist.Order.Length == 0 ? null : OrderOf(enlist);
            SawLivesOf(enlist);
            if (order?.Number > _run?.Order.Number)
            {
                _run.GiveUp($"{from.Name} takes part in {order.Run}, which began later");
                _parts.Control.Expel(from.Name, from.Life, "the run that it takes part in is not known here yet");
                return;
            }

            if (order is not null && _run is null && !_isStarting && order.Number > _journal.LastNumber)
            {
                _parts.Log.RunGoesOn(order.Run, from.Name.ToString());
                TakeUp(order);
            }

            if (order is not null && order.Run != _run?.Order.Run)
            {
                Send(from.Name, new RunEnded(order.Run));
            }
            else if (!Adopt(enlist, from))
            {
                _parts.Control.Expel(from.Name, from.Life, "a newer life of its actor runs elsewhere");
                return;
            }

            member.IsEnlisted = true;
            TellPeers();
            Assign();
            if (_run is { } run && from.Name.Role == Role.Server)
            {
                _lostWeights.Seek(run, from);
            }
        }
    }

    /// <summary>Before anything gets a life here: another coordinator's clock may have been ahead of this one's.</summary>
    private void SawLivesOf(in Enlist enlist)
    {
        foreach (var incarnation in enlist.Postings.Select(posting => posting.Incarnation).Concat(enlist.Peers.Select(peer => peer.Incarnation)))
        {
            _lives.Saw(incarnation);
        }
    }

    private bool Adopt(in Enlist enlist, NodeLife from)
    {
        _postings?.OnHere(from, Now);
        foreach (var posting in enlist.Postings)
        {
            if (_postings?.Adopt(posting, from) != true)
            {
                return false;
            }
        }

        if (IsRecovering)
        {
            foreach (var peer in enlist.Peers.Where(peer => peer.Node != _self.Name && !_members.ContainsKey(peer.Node)))
            {
                _postings!.Presume(peer);
            }
        }

        return true;
    }

    private void OnReady(NodeLife from, in Ready ready)
    {
        lock (_lock)
        {
            if (ready.Run == _run?.Order.Run && _postings!.OnReady(ready.Posting, from))
            {
                TellPeers();
            }
        }
    }

    private void OnUnfit(NodeLife from, in Unfit unfit)
    {
        lock (_lock)
        {
            if (_members.TryGetValue(from.Name, out var member) && unfit.Run == _run?.Order.Run)
            {
                _parts.Log.NodeUnfit(from.Name, unfit.Run, unfit.Reason);
                _run.Feed.Notice($"{NodeText.Of(from)} cannot take part: {unfit.Reason}");
                member.Unfit = (unfit.Run, unfit.Reason);
                _postings!.OnDown(from, left: true, Now);
                Assign();
            }
        }
    }
}
