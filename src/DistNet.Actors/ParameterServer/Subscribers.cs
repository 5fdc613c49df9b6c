using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Which placed workers have been sent which version. Parameters are owed per worker and version, not per push, so each live
/// worker that hosts lanes gets every broadcast version once, and one that is placed later gets the latest.
/// </summary>
internal sealed class Subscribers(int lanes)
{
    private readonly Dictionary<int, (long Incarnation, long Version)> _sent = [];
    private Placement _placement;

    public bool OnPlacement(in Placement placement)
    {
        if (_placement.Workers is not null && placement.Number <= _placement.Number)
        {
            return false;
        }

        _placement = placement;
        return true;
    }

    public void Reset()
    {
        _sent.Clear();
        _placement = default;
    }

    /// <summary>
    /// Sends the version to every placed worker that hosts lanes and has not been sent it; to one that has been sent nothing yet, the
    /// version before first, if there is one.
    /// </summary>
    public void Send(in Parameters current, in Parameters? previous, Outbox outbox)
    {
        for (var i = 0; i < (_placement.Workers?.Count ?? 0) && _placement.LanesAt(i, lanes).Count > 0; i++)
        {
            SendTo(_placement.Workers![i], current, previous, outbox);
        }
    }

    private void SendTo(WorkerLife worker, in Parameters current, in Parameters? previous, Outbox outbox)
    {
        var known = _sent.TryGetValue(worker.Index, out var sent) && sent.Incarnation == worker.Incarnation;
        if (known && sent.Version == current.Version)
        {
            return;
        }

        _sent[worker.Index] = (worker.Incarnation, current.Version);
        if (!known && previous is { } before)
        {
            outbox.Send(ActorId.Worker(worker.Index), before);
        }

        outbox.Send(ActorId.Worker(worker.Index), current);
    }
}
