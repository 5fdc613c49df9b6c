using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Data cut into a part to train on and a part to test on.</summary>
/// <param name="Train">At least one sample.</param>
/// <param name="Test">At least one sample; null where nothing is held back.</param>
public sealed record TrainTestSplit(DataSet Train, DataSet? Test)
{
    /// <summary>
    /// Holds back the nearest number of samples to the fraction, drawn by the seed; both parts keep the order of the data.
    /// </summary>
    /// <param name="data">At least two samples where any are held back.</param>
    /// <param name="testFraction">In [0, 1); 0 holds back none, any other at least one sample and never all.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of its range, or one sample is to be split.</exception>
    public static TrainTestSplit Of(DataSet data, double testFraction, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(testFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(testFraction, 1);
        if (testFraction == 0)
        {
            return new(data, null);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(data.Count, 2, nameof(data));
        var held = Math.Clamp((int)Math.Round(testFraction * data.Count), 1, data.Count - 1);
        int[] samples = [.. Enumerable.Range(0, data.Count)];
        Luck.Key(seed, LuckPurpose.Split).Shuffle(samples);
        return new(Select(data, samples.AsSpan(held)), Select(data, samples.AsSpan(0, held)));
    }

    private static DataSet Select(DataSet data, Span<int> samples)
    {
        samples.Sort();
        var values = new float[(long)samples.Length * data.Info.Features];
        var labels = new int[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            data.Row(samples[i]).CopyTo(values.AsSpan(i * data.Info.Features));
            labels[i] = data.Labels[samples[i]];
        }

        return new DataSet(data.Info, values, labels);
    }
}
