using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Which lives of workers and servers are here. A newer life replaces an older one of the same actor; a life that has gone never comes
/// back, because its request to join may arrive after the news of its end.
/// </summary>
internal sealed class Members(int servers)
{
    private readonly long?[] _servers = new long?[servers];
    private readonly SortedDictionary<int, long> _workers = [];
    private readonly Dictionary<ActorId, long> _gone = [];

    public bool HasAllServers => Array.TrueForAll(_servers, life => life is not null);

    public bool HasWorkers => _workers.Count > 0;

    /// <summary>In the order of their numbers, so that lanes are placed alike whoever came first.</summary>
    public IReadOnlyList<WorkerLife> Workers => [.. _workers.Select(worker => new WorkerLife(worker.Key, worker.Value))];

    /// <summary>One for each partition, here or not.</summary>
    public IEnumerable<ActorId> Servers => Enumerable.Range(0, _servers.Length).Select(ActorId.Server);

    public IEnumerable<ActorId> MissingServers => Servers.Where(server => _servers[server.Index] is null);

    /// <summary>False when this life, or a newer one, is known already, has gone, or is a server that no partition needs.</summary>
    public bool Add(ActorId member, long incarnation)
    {
        if (LifeOf(member) >= incarnation || HasGone(member, incarnation) || IsSpareServer(member))
        {
            return false;
        }

        Set(member, incarnation);
        return true;
    }

    public bool IsHere(ActorId member, long incarnation) => LifeOf(member) == incarnation;

    /// <summary>False when this life was not here.</summary>
    public bool Remove(ActorId member, long incarnation)
    {
        _gone[member] = Math.Max(incarnation, _gone.GetValueOrDefault(member, incarnation));
        if (LifeOf(member) != incarnation)
        {
            return false;
        }

        Set(member, null);
        return true;
    }

    private bool HasGone(ActorId member, long incarnation) => _gone.TryGetValue(member, out var gone) && incarnation <= gone;

    private bool IsSpareServer(ActorId member) => member.Role == Role.Server && member.Index >= _servers.Length;

    private long? LifeOf(ActorId member) => member.Role == Role.Server
        ? (IsSpareServer(member) ? null : _servers[member.Index])
        : _workers.TryGetValue(member.Index, out var life) ? life : null;

    private void Set(ActorId member, long? incarnation)
    {
        if (member.Role == Role.Server)
        {
            _servers[member.Index] = incarnation;
        }
        else if (incarnation is { } life)
        {
            _workers[member.Index] = life;
        }
        else
        {
            _workers.Remove(member.Index);
        }
    }
}
