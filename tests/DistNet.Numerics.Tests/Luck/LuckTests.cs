namespace DistNet.Numerics.Tests;

public sealed class LuckTests
{
    /// <summary>The known answers published with the authors' implementation (Random123, kat_vectors).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Philox.Block(new Philox.Words(c0, c1, c2, c3), k0, k1).ShouldBe(new Philox.Words(r0, r1, r2, r3));

    [Fact]
    public void Draws_do_not_depend_on_what_was_drawn_before()
    {
        var key = Luck.Key(42, LuckPurpose.Shuffle, 1, 2, 3);
        var forward = Enumerable.Range(0, 100).Select(i => key.UInt32((ulong)i)).ToArray();
        var again = Luck.Key(42, LuckPurpose.Shuffle, 1, 2, 3);
        Enumerable.Range(0, 100).Reverse().Select(i => again.UInt32((ulong)i)).Reverse().ShouldBe(forward);
    }

    [Fact]
    public void Every_part_of_the_key_matters()
    {
        LuckKey[] keys =
        [
            Luck.Key(1, LuckPurpose.Split), Luck.Key(1UL << 32, LuckPurpose.Split), Luck.Key(1, LuckPurpose.Faults),
            Luck.Key(1, LuckPurpose.Split, a: 1), Luck.Key(1, LuckPurpose.Split, b: 1), Luck.Key(1, LuckPurpose.Split, c: 1),
        ];
        keys.Select(key => key.UInt64(0)).Distinct().Count().ShouldBe(keys.Length);
    }

    [Fact]
    public void Indexes_past_32_bits_are_new_draws()
    {
        var key = Luck.Key(1, LuckPurpose.Dropout);
        key.UInt64(5).ShouldNotBe(key.UInt64(5 + (1UL << 33)));
        key.UInt64(5).ShouldNotBe(key.UInt64(5 + (1UL << 34)));
    }

    [Fact]
    public void Uniform_has_the_moments_of_the_unit_interval()
    {
        var values = Draw(key => i => key.Uniform(i));
        values.ShouldAllBe(value => value >= 0 && value < 1);
        values.Average().ShouldBe(0.5, 0.005);
        values.Average(value => (value - 0.5) * (value - 0.5)).ShouldBe(1 / 12.0, 0.002);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(3, 2)]
    [InlineData(6, 17)]
    public void Filling_gives_the_same_draws_as_one_by_one(int first, int count)
    {
        var key = Luck.Key(9, LuckPurpose.Dropout);
        var filled = new float[count];
        key.Uniform((ulong)first, filled);
        filled.ShouldBe(Enumerable.Range(first, count).Select(i => key.Uniform((ulong)i)));
    }

    [Fact]
    public void Normal_has_the_moments_of_the_standard_normal()
    {
        var values = Draw(key => i => key.Normal(i));
        values.Average().ShouldBe(0, 0.015);
        values.Average(value => value * value).ShouldBe(1, 0.03);
        values.Average(value => value * value * value * value).ShouldBe(3, 0.2);
    }

    [Fact]
    public void Below_is_even_and_in_range()
    {
        var counts = new int[7];
        foreach (var value in Draw(key => i => key.Below(i, counts.Length)))
        {
            counts[(int)value]++;
        }

        counts.ShouldAllBe(count => Math.Abs(count - (40000 / 7)) < 300);
        Should.Throw<ArgumentOutOfRangeException>(() => Luck.Key(1, LuckPurpose.Split).Below(0, 0));
    }

    [Fact]
    public void Shuffle_is_a_permutation_and_each_item_reaches_each_place()
    {
        var places = new int[5, 5];
        for (var run = 0; run < 10000; run++)
        {
            int[] items = [0, 1, 2, 3, 4];
            Luck.Key(7, LuckPurpose.Shuffle, (uint)run).Shuffle(items);
            items.Order().ShouldBe([0, 1, 2, 3, 4]);
            for (var place = 0; place < 5; place++)
            {
                places[items[place], place]++;
            }
        }

        places.Cast<int>().ShouldAllBe(count => Math.Abs(count - 2000) < 200);
    }

    private static double[] Draw(Func<LuckKey, Func<ulong, double>> draw)
    {
        var next = draw(Luck.Key(3, LuckPurpose.Generator));
        return [.. Enumerable.Range(0, 40000).Select(i => next((ulong)i))];
    }
}
