using System.Numerics;
using System.Runtime.InteropServices;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): a unit is kept with probability 1 - p and then divided by it. Keyed by step, layer,
/// sample and unit, so that a sample's mask does not depend on its place in a batch or on who computes it.
/// </summary>
internal static class DropoutMask
{
    /// <summary>Writes 0 or 1 / (1 - p) for each unit of each sample's row.</summary>
    public static void Fill(TrainingStep step, int layer, float probability, ReadOnlySpan<int> samples, Matrix mask)
    {
        var key = Luck.Key(step.Seed, LuckPurpose.Dropout, (uint)step.Epoch, (uint)step.Step, (uint)layer);
        for (var row = 0; row < samples.Length; row++)
        {
            var units = mask.Row(row);
            key.Uniform((ulong)samples[row] * (ulong)mask.Columns, units);
            Decide(MemoryMarshal.Cast<float, Vector<float>>(units), probability);
        }
    }

    private static void Decide(Span<Vector<float>> units, float probability)
    {
        var kept = new Vector<float>(1 / (1 - probability));
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = Vector.ConditionalSelect(Vector.LessThan(units[i], new Vector<float>(probability)), Vector<float>.Zero, kept);
        }
    }
}
