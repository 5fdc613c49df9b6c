namespace DistNet.Actors;

/// <summary>The chunks of one partition, and where a chunk stands among them.</summary>
internal sealed class OwnChunks
{
    private readonly Chunk[] _chunks;
    private readonly int[] _byIndex;

    public OwnChunks(PartitionMap map, int partition)
    {
        var own = new List<Chunk>();
        foreach (var chunk in map.Chunks)
        {
            if (chunk.Partition == partition)
            {
                own.Add(chunk);
            }
        }

        _chunks = [.. own];
        _byIndex = new int[map.Chunks.Length];
        Array.Fill(_byIndex, -1);
        for (var i = 0; i < _chunks.Length; i++)
        {
            _byIndex[_chunks[i].Index] = i;
        }
    }

    public int Count => _chunks.Length;

    public ref readonly Chunk this[int position] => ref _chunks[position];

    /// <summary>Position of a chunk in this partition, or -1.</summary>
    public int PositionOf(int chunk) => (uint)chunk < (uint)_byIndex.Length ? _byIndex[chunk] : -1;
}
