namespace DistNet.Learning;

/// <summary>
/// A data set of points in the plane. Classes take turns, so they are as equal in number as can be (except where a
/// point's place decides its class).
/// </summary>
internal abstract class PointGenerator(string name, int classes, int defaultSamples, float defaultNoise)
{
    public string Name => name;

    public int Classes => classes;

    public int DefaultSamples => defaultSamples;

    /// <exception cref="ArgumentOutOfRangeException">Fewer samples than classes, or noise below 0.</exception>
    public DataSet Create(GeneratorOptions options)
    {
        var samples = options.Samples ?? defaultSamples;
        var noise = options.Noise ?? defaultNoise;
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, classes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(noise, nameof(options));
        var values = new float[2 * samples];
        var labels = new int[samples];
        for (var i = 0; i < samples; i++)
        {
            var point = Draw(i, noise, new PointLuck(options.Seed, i));
            values[2 * i] = (float)point.X;
            values[(2 * i) + 1] = (float)point.Y;
            labels[i] = point.Label;
        }

        return new DataSet(new DataSetInfo(name, 2, ClassNames.Numbered(classes), [2]), values, labels);
    }

    /// <summary>The point of one sample; <paramref name="sample"/> mod the number of classes is whose turn it is.</summary>
    protected abstract LabelledPoint Draw(int sample, double noise, PointLuck luck);
}

internal readonly record struct LabelledPoint(double X, double Y, int Label);
