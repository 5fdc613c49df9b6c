using DistNet.Learning;

namespace DistNet.Actors;

/// <summary>A contiguous range of the flat parameter vector, held by one server. Bounds lie on whole blocks.</summary>
/// <param name="Index">Number of the partition, and of the server that holds it.</param>
/// <param name="Offset">First parameter.</param>
/// <param name="Length">Parameters; the last partition may end within a block.</param>
/// <param name="PaddedLength">Length in memory: whole blocks; the tail stays zero.</param>
public readonly record struct Partition(int Index, int Offset, int Length, int PaddedLength)
{
    public int End => Offset + Length;
}

/// <summary>The part of a band of the gradient that lies in one partition: what a push carries.</summary>
/// <param name="Index">Number of the chunk among all chunks of the network.</param>
/// <param name="Band">Band it belongs to.</param>
/// <param name="Partition">Partition it lies in.</param>
/// <param name="Offset">First parameter, in the flat vector.</param>
/// <param name="Length">Parameters.</param>
/// <param name="WeightLength">How many of them, from the first, are weights; the others are biases and are not penalised.</param>
public readonly record struct Chunk(int Index, int Band, int Partition, int Offset, int Length, int WeightLength)
{
    public int End => Offset + Length;
}

/// <summary>Who holds what: partitions of the flat vector over servers, and the chunks in which gradients travel.</summary>
public sealed class PartitionMap
{
    /// <summary>A chunk is at most a usual band, 256 KB, so that small messages never wait long behind one.</summary>
    public const int MaxChunkLength = GradientBand.UsualLength;

    private readonly Partition[] _partitions;
    private readonly Chunk[] _chunks;
    private readonly Range[] _chunksOfBand;

    public PartitionMap(ParameterLayout layout, int servers)
    {
        Length = layout.Length;
        PaddedLength = layout.PaddedLength;
        _partitions = Split(layout, Math.Min(servers, layout.BlockCount));
        _chunksOfBand = new Range[layout.Bands.Length];
        _chunks = Cut(layout);
    }

    public int Length { get; }

    public int PaddedLength { get; }

    /// <summary>At most the number of servers: a vector of few blocks leaves some servers without a partition.</summary>
    public ReadOnlySpan<Partition> Partitions => _partitions;

    public ReadOnlySpan<Chunk> Chunks => _chunks;

    public ReadOnlySpan<Chunk> ChunksOf(in GradientBand band) => _chunks.AsSpan(_chunksOfBand[band.Index]);

    private static Partition[] Split(ParameterLayout layout, int count)
    {
        var partitions = new Partition[count];
        for (var i = 0; i < count; i++)
        {
            var first = (int)((long)i * layout.BlockCount / count) * ParameterLayout.BlockLength;
            var end = (int)((long)(i + 1) * layout.BlockCount / count) * ParameterLayout.BlockLength;
            partitions[i] = new Partition(i, first, Math.Min(end, layout.Length) - first, end - first);
        }

        return partitions;
    }

    private Chunk[] Cut(ParameterLayout layout)
    {
        var chunks = new List<Chunk>();
        foreach (ref readonly var band in layout.Bands)
        {
            var first = chunks.Count;
            foreach (var partition in _partitions)
            {
                CutOne(band, partition, chunks);
            }

            _chunksOfBand[band.Index] = first..chunks.Count;
        }

        return [.. chunks];
    }

    private static void CutOne(in GradientBand band, Partition partition, List<Chunk> chunks)
    {
        var offset = Math.Max(band.Offset, partition.Offset);
        var end = Math.Min(band.End, partition.End);
        while (offset < end)
        {
            var length = Math.Min(end - offset, MaxChunkLength);
            var weights = Math.Clamp(band.Offset + band.WeightLength - offset, 0, length);
            chunks.Add(new Chunk(chunks.Count, band.Index, partition.Index, offset, length, weights));
            offset += length;
        }
    }
}
