namespace DistNet.Learning;

/// <summary>
/// Points uniform in the square [-1, 1]^2. The band along the diagonal, |x - y| below 2 - sqrt 2, holds half of the area
/// and is class 1; the corner where x - y is larger is class 0, the other class 2. Noise moves a point after it has its
/// class, so that classes overlap.
/// </summary>
internal sealed class DiagonalGenerator() : PointGenerator("diagonal", classes: 3, defaultSamples: 1000, defaultNoise: 0)
{
    private static readonly double Band = 2 - Math.Sqrt(2);

    protected override LabelledPoint Draw(int sample, double noise, PointLuck luck)
    {
        // As floats, so that noise 0 leaves points that agree with their class exactly.
        var x = (float)((2 * luck.Uniform0) - 1);
        var y = (float)((2 * luck.Uniform1) - 1);
        var across = (double)x - y;
        var label = across >= Band ? 0 : across > -Band ? 1 : 2;
        return new(x + (noise * luck.Normal0), y + (noise * luck.Normal1), label);
    }
}
