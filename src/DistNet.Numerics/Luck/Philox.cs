namespace DistNet.Numerics;

/// <summary>
/// Philox4x32-10, a counter-based generator: four random words are a pure function of a 128-bit counter and a 64-bit key
/// (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    public static Words Block(Words counter, uint key0, uint key1)
    {
        var (c0, c1, c2, c3) = counter;
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c1 = (uint)product1;
            c3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return new Words(c0, c1, c2, c3);
    }

    /// <summary>Four words: a counter going in, random ones coming out.</summary>
    internal readonly record struct Words(uint W0, uint W1, uint W2, uint W3)
    {
        public ulong Low => ((ulong)W1 << 32) | W0;

        public ulong High => ((ulong)W3 << 32) | W2;

        public uint this[int index] => index switch { 0 => W0, 1 => W1, 2 => W2, _ => W3 };
    }
}
