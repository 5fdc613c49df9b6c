namespace DistNet.Numerics;

/// <summary>
/// An endless, randomly accessible list of draws, made by <see cref="Luck.Key"/>. Draws of one kind at different indexes are
/// independent; draws of different kinds share words, so take one kind from one key.
/// </summary>
public readonly record struct LuckKey
{
    private const double Scale53 = 1.0 / (1UL << 53);
    private readonly Philox.Words _words;

    internal LuckKey(Philox.Words words) => _words = words;

    /// <summary>32 random bits.</summary>
    public uint UInt32(ulong index) => Block(index >> 2)[(int)(index & 3)];

    /// <summary>64 random bits.</summary>
    public ulong UInt64(ulong index)
    {
        var block = Block(index >> 1);
        return (index & 1) == 0 ? block.Low : block.High;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float Uniform(ulong index) => ToUniform(UInt32(index));

    /// <summary>Fills with <see cref="Uniform(ulong)"/> of the indexes from <paramref name="first"/> on, four to a generator call.</summary>
    public void Uniform(ulong first, Span<float> destination)
    {
        for (var i = 0; i < destination.Length;)
        {
            var index = first + (ulong)i;
            var block = Block(index >> 2);
            for (var word = (int)(index & 3); word < 4 && i < destination.Length; word++, i++)
            {
                destination[i] = ToUniform(block[word]);
            }
        }
    }

    /// <summary>Standard normal (Box and Muller 1958), computed in double.</summary>
    public float Normal(ulong index)
    {
        var block = Block(index);
        var radius = ((block.Low >> 11) + 1) * Scale53;
        var angle = (block.High >> 11) * Scale53;
        return (float)(Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle));
    }

    /// <summary>Uniform in 0 .. <paramref name="bound"/> - 1; the bias is below bound / 2^64.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int Below(ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(UInt64(index), (ulong)bound, out _);
    }

    /// <summary>Puts the items in random order (Fisher and Yates, from the last item down).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below((ulong)i, i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static float ToUniform(uint word) => (word >> 8) * (1f / (1 << 24));

    private Philox.Words Block(ulong number) =>
        Philox.Block(new Philox.Words((uint)number, (uint)(number >> 32), _words.W2, _words.W3), _words.W0, _words.W1);
}
