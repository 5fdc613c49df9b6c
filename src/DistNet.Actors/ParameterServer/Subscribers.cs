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

    /// <summary>Sends the version to every placed worker that hosts lanes and has not been sent it.</summary>
    public void Send(in Parameters parameters, Outbox outbox)
    {
        for (var i = 0; i < (_placement.Workers?.Count ?? 0) && _placement.LanesAt(i, lanes).Count > 0; i++)
        {
            var worker = _placement.Workers![i];
            var state = (worker.Incarnation, parameters.Version);
            if (!_sent.TryGetValue(worker.Index, out var sent) || sent != state)
            {
                _sent[worker.Index] = state;
                outbox.Send(ActorId.Worker(worker.Index), parameters);
            }
        }
    }
}
