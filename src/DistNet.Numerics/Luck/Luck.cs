namespace DistNet.Numerics;

/// <summary>
/// All randomness of a run. A draw is a pure function of (seed, purpose, a, b, c, index): there is no state to share or to
/// save, so it does not matter who draws, in which order, or how often.
/// </summary>
public static class Luck
{
    /// <summary>
    /// The source of draws for one purpose; <paramref name="a"/>, <paramref name="b"/> and <paramref name="c"/> say which
    /// (such as epoch, step, layer). Keys that differ in any part are independent.
    /// </summary>
    public static LuckKey Key(ulong seed, LuckPurpose purpose, uint a = 0, uint b = 0, uint c = 0) =>
        new(Philox.Block(new Philox.Words((uint)purpose, a, b, c), (uint)seed, (uint)(seed >> 32)));
}
