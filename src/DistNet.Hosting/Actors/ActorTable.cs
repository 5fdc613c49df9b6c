using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>The actors of this process, found by their address without hashing.</summary>
internal sealed class ActorTable
{
    private readonly List<ActorCell> _all = [];
    private readonly ActorCell?[][] _byRole = [.. Enum.GetValues<Role>().Select(_ => Array.Empty<ActorCell?>())];

    public IReadOnlyList<ActorCell> All => _all;

    /// <exception cref="ArgumentException">The address is taken.</exception>
    public void Add(ActorCell cell)
    {
        if (Find(cell.Id) is not null)
        {
            throw new ArgumentException($"{cell.Id} is here already.", nameof(cell));
        }

        ref var cells = ref _byRole[(int)cell.Id.Role];
        Array.Resize(ref cells, Math.Max(cells.Length, cell.Id.Index + 1));
        cells[cell.Id.Index] = cell;
        _all.Add(cell);
    }

    /// <summary>Null: not of this process.</summary>
    public ActorCell? Find(ActorId id)
    {
        var cells = _byRole[(int)id.Role];
        return id.Index < cells.Length ? cells[id.Index] : null;
    }
}
