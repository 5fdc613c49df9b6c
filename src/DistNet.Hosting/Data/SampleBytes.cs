using System.Runtime.InteropServices;

namespace DistNet.Hosting;

/// <summary>
/// The bytes of features or labels, little-endian, a piece at a time: an array may have more bytes than a span, and a piece that is moved and
/// hashed in one go is still in the cache.
/// </summary>
internal static class SampleBytes
{
    private const int PieceLength = 16 * 1024;

    public delegate void Action(Span<byte> piece);

    public static void ForEachPiece<T>(T[] values, Action action)
        where T : unmanaged
    {
        for (var done = 0; done < values.Length;)
        {
            var length = Math.Min(PieceLength, values.Length - done);
            action(MemoryMarshal.AsBytes(values.AsSpan(done, length)));
            done += length;
        }
    }
}
