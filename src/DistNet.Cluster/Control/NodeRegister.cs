using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// Which lives of nodes are there, and who may come. Pure: knows no connection. A life that is over never comes back; who comes in one
/// gets a new one, higher than any before.
/// </summary>
/// <param name="probe">This node's arithmetic probe, which others must have too; null: any will do.</param>
/// <param name="protocol">Version of the wire protocol spoken here.</param>
/// <param name="lives">Numbers for new lives.</param>
internal sealed class NodeRegister(string? probe, int protocol, LifeNumbers lives)
{
    private readonly Dictionary<ActorId, NodeLife> _here = [];
    private readonly Dictionary<ActorId, long> _over = [];

    public IReadOnlyCollection<NodeLife> Here => _here.Values;

    public NodeLife? Find(ActorId name) => _here.GetValueOrDefault(name);

    public bool IsHere(ActorId name, long life) => Find(name)?.Life == life;

    /// <summary>Why a node cannot come; null: it can.</summary>
    public string? ReasonToRefuse(in Hello hello) =>
        hello.Protocol != protocol
            ? $"it speaks version {hello.Protocol} of the protocol, this cluster {protocol}; run the same version of distnet everywhere"
            : probe is not null && hello.Card.Probe != probe
                ? "its arithmetic differs: the probe's hash is not the same, so weights would differ in their last bits; use the same version of distnet on the same kind of processor, or start the coordinator with --allow-mixed-arithmetic"
                : hello.Role is Role.Server or Role.Worker ? null : $"a {hello.Role.ToString().ToLowerInvariant()} does not join";

    /// <summary>
    /// Admits a node. Where its name is taken: a process that begins anew and asks for it takes it over (returned as replaced), as does the same
    /// one on a new connection; one that comes back from an earlier life gets another name.
    /// </summary>
    public (NodeLife Node, NodeLife? Replaced) Admit(in Hello hello)
    {
        var name = NameFor(hello);
        var replaced = Find(name);
        var isOver = _over.TryGetValue(name, out var over) && hello.Life <= over;
        var keeps = hello.Life > 0 && !isOver && replaced is null && name.Index == hello.Index;
        lives.Saw(hello.Life);
        if (replaced is not null)
        {
            Remove(name, replaced.Life);
        }

        var node = new NodeLife(name, keeps ? hello.Life : lives.Next(), hello.Card);
        _here[name] = node;
        return (node, replaced);
    }

    /// <summary>False when that life was not here.</summary>
    public bool Remove(ActorId name, long life)
    {
        _over[name] = Math.Max(life, _over.GetValueOrDefault(name));
        return IsHere(name, life) && _here.Remove(name);
    }

    /// <summary>Another coordinator admits nodes from here on; lives that it lets go on are not over here either.</summary>
    public void Clear()
    {
        _here.Clear();
        _over.Clear();
    }

    private ActorId NameFor(in Hello hello)
    {
        var role = hello.Role;
        var wish = new ActorId(role, hello.Index);
        var isFree = !_here.TryGetValue(wish, out var holder);
        return hello.Index >= 0 && (isFree || hello.Life == 0 || holder!.Life <= hello.Life)
            ? wish
            : Enumerable.Range(0, int.MaxValue).Select(index => new ActorId(role, index)).First(name => !_here.ContainsKey(name));
    }
}
