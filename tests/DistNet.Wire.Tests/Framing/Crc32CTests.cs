using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Wire.Tests;

public sealed class Crc32CTests
{
    /// <summary>The check value that catalogues of CRCs give, and RFC 3720 B.4.</summary>
    [Fact]
    public void Known_sums()
    {
        Sum(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283u);
        Sum(new byte[32]).ShouldBe(0x8A9136AAu);
        Sum(Enumerable.Repeat((byte)0xFF, 32).ToArray()).ShouldBe(0x62A8AB43u);
        Sum([]).ShouldBe(0u);
    }

    [Fact]
    public void Every_length_has_the_sum_of_the_definition()
    {
        var bytes = Noise(40_000);
        var register = Crc32C.Start;
        for (var length = 0; length < bytes.Length; length++)
        {
            if (length < 600 || length % 97 == 0 || length % 12_288 is 0 or 1 or 12_287)
            {
                Crc32C.Append(Crc32C.Start, bytes.AsSpan(0, length)).ShouldBe(register, $"{length} bytes");
            }

            register = ByDefinition(register, bytes[length]);
        }
    }

    [Fact]
    public void Pieces_have_the_sum_of_the_whole()
    {
        var bytes = Noise(300_000);
        var whole = Sum(bytes);
        var cuts = Gen.Choose(0, bytes.Length).ArrayOf().ToArbitrary();
        Prop.ForAll(cuts, each => SumOfPieces(bytes, each).ShouldBe(whole)).QuickCheckThrowOnFailure();
    }

    private static uint SumOfPieces(byte[] bytes, int[] cuts)
    {
        var register = Crc32C.Start;
        var from = 0;
        foreach (var to in cuts.Order().Append(bytes.Length))
        {
            register = Crc32C.Append(register, bytes.AsSpan(from..to));
            from = to;
        }

        return Crc32C.Finish(register);
    }

    private static uint Sum(byte[] bytes) => Crc32C.Finish(Crc32C.Append(Crc32C.Start, bytes));

    /// <summary>Division by the reflected polynomial, a bit at a time.</summary>
    private static uint ByDefinition(uint register, byte value)
    {
        register ^= value;
        for (var bit = 0; bit < 8; bit++)
        {
            register = (register >> 1) ^ ((register & 1) * 0x82F63B78u);
        }

        return register;
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
