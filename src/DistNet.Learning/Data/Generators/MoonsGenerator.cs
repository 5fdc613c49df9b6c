namespace DistNet.Learning;

/// <summary>Two interleaved half circles of radius 1; the lower one is moved by (1, 0.5).</summary>
internal sealed class MoonsGenerator() : PointGenerator("moons", classes: 2, defaultSamples: 500, defaultNoise: 0.1f)
{
    protected override LabelledPoint Draw(int sample, double noise, PointLuck luck)
    {
        var label = sample & 1;
        var (sine, cosine) = Math.SinCos(Math.PI * luck.Uniform0);
        var (x, y) = label == 0 ? (cosine, sine) : (1 - cosine, 0.5 - sine);
        return new(x + (noise * luck.Normal0), y + (noise * luck.Normal1), label);
    }
}
