namespace DistNet.Learning;

/// <summary>Three arms from the centre to radius 1, each winding 4 radians; noise is in radians.</summary>
internal sealed class SpiralGenerator() : PointGenerator("spiral", Arms, defaultSamples: 600, defaultNoise: 0.2f)
{
    private const int Arms = 3;
    private const double Winding = 4;

    protected override LabelledPoint Draw(int sample, double noise, PointLuck luck)
    {
        var arm = sample % Arms;
        var radius = luck.Uniform0;
        var (sine, cosine) = Math.SinCos((Winding * radius) + (2 * Math.PI * arm / Arms) + (noise * luck.Normal0));
        return new(radius * cosine, radius * sine, arm);
    }
}
