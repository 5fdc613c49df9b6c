namespace DistNet.Actors;

/// <summary>
/// Work objects of a partition's chunks, used again and again. There is more than one for a chunk only after a new generation began while
/// the work of an older one was out.
/// </summary>
internal sealed class ChunkWorks<TWork>
    where TWork : ChunkWork
{
    private readonly Func<int, TWork> _create;
    private readonly Stack<TWork>[] _spare;

    /// <param name="chunks">Chunks of the partition.</param>
    /// <param name="create">Makes work for the chunk at a position.</param>
    public ChunkWorks(int chunks, Func<int, TWork> create)
    {
        _create = create;
        _spare = new Stack<TWork>[chunks];
        for (var i = 0; i < chunks; i++)
        {
            _spare[i] = new Stack<TWork>();
        }
    }

    public TWork Rent(int position) => _spare[position].TryPop(out var work) ? work : _create(position);

    public void Return(TWork work) => _spare[work.Position].Push(work);
}
